package multicloud.gateway.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import multicloud.gateway.auth.IssuerClient.Answer;
import multicloud.gateway.auth.LoginState.Begun;
import multicloud.gateway.config.AuthorizerConfig.Expected;
import multicloud.gateway.config.AuthorizerConfig.Jwt;
import multicloud.gateway.config.AuthorizerConfig.Login;
import multicloud.gateway.config.LoginConfig;
import multicloud.gateway.config.PathConfig.Step;
import multicloud.gateway.config.TokenPlace;
import multicloud.gateway.http.Answers;
import multicloud.gateway.http.Body;
import multicloud.gateway.http.BodyFailure;
import multicloud.gateway.http.Exchange;
import multicloud.gateway.http.Failure;
import multicloud.gateway.http.Handler;
import multicloud.gateway.http.Headers;
import multicloud.gateway.http.Query;
import multicloud.gateway.http.Response;
import multicloud.gateway.jose.JsonMap;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a login by code (OpenID Connect Core 1.0, section 3.1), with state, nonce and PKCE. The gateway keeps nothing: what it
 * has to know again is in the browser's cookie. Safe for use by many threads.
 */
public final class LoginFlow {
    private static final int LARGEST_BODY = 64 * 1024;
    /** An ID token comes straight from the provider, perhaps before our clock says that it may be used. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private static final String VALID = "{\"message\":\"The token is still valid.\",\"code\":\"token_still_valid\"}";

    private final LoginConfig config;
    private final LoginProvider provider;
    private final IssuerClient client;
    private final TokenEndpoint tokens;
    private final LoginAnswers answers;
    private final LoginState states;
    private final ReturnTo returnTo;
    private final TokenVerifier idTokens;
    private final TokenVerifier presented;

    /** The flow of an authorizer; {@code clock} is the wall clock. */
    public LoginFlow(Login authorizer, Issuers issuers, InstantSource clock) {
        this.config = authorizer.login();
        this.provider = LoginProvider.of(config.provider(), issuers);
        this.client = issuers.client();
        this.tokens = new TokenEndpoint(provider, config.client(), client);
        this.answers = new LoginAnswers(provider.code());
        this.states = new LoginState(authorizer.alias(), config.client().secret(), clock);
        this.returnTo = new ReturnTo(config.returnTo());
        this.idTokens = verifier(authorizer.token(), List.of(config.client().id()), SKEW, issuers, clock);
        this.presented = verifier(authorizer.token(), audiences(authorizer.token()), Duration.ZERO, issuers, clock);
    }

    /** Both kinds of tokens may be presented: ID tokens are for the client, access tokens for the audience. */
    private List<String> audiences(Jwt token) {
        return Stream.concat(
                        token.expected().audiences().stream(),
                        Stream.of(config.client().id()))
                .distinct()
                .toList();
    }

    private static TokenVerifier verifier(
            Jwt token, List<String> audiences, Duration leeway, Issuers issuers, InstantSource clock) {
        Expected expected = new Expected(token.expected().issuer(), audiences, leeway, true);
        return new TokenVerifier(
                token.alias(),
                token.algorithms(),
                Authorizers.keys(token.keys(), token.algorithms(), issuers),
                expected,
                clock);
    }

    /** What answers the requests of a step. */
    public Handler of(Step step) {
        return switch (step) {
            case LOGIN -> this::login;
            case CALLBACK -> this::callback;
            case USERINFO -> this::userinfo;
            case REFRESH -> this::refresh;
        };
    }

    /** Sends the browser to the provider. */
    private Response login(Exchange exchange) {
        String query = exchange.request().target().query();
        String wanted = Query.first(query, "return_to");
        String target = wanted == null ? null : returnTo.resolve(wanted);
        if (wanted != null && target == null) {
            return Answers.of(Failure.RETURN_TO_REFUSED, exchange);
        }
        Begun login = states.begin(target);
        try {
            String location = provider.authorization(exchange.deadline());
            String separator = location.indexOf('?') < 0 ? "?" : "&";
            String state = config.stateCheck() ? null : Query.first(query, "state");
            return LoginAnswers.redirect(
                    location + separator + question(login, state),
                    config.stateCheck() ? states.cookie(login, exchange) : null,
                    exchange);
        } catch (FetchException e) {
            return answers.unreachable(e, exchange);
        }
    }

    private Form question(Begun login, @Nullable String ownState) {
        LoginConfig.Client known = config.client();
        Form question = new Form()
                .add("response_type", "code")
                .add("client_id", known.id())
                .add("redirect_uri", known.redirectUri())
                .add("scope", known.scope())
                .add("state", ownState == null ? login.state() : ownState);
        if (known.audience() != null) {
            question.add("audience", known.audience());
        }
        if (config.stateCheck()) {
            question.add("nonce", states.nonce(login))
                    .add("code_challenge", states.challenge(login))
                    .add("code_challenge_method", "S256");
        }
        return question;
    }

    /** Exchanges the code that the browser comes back with for tokens, and answers with them. */
    private Response callback(Exchange exchange) {
        String query = exchange.request().target().query();
        Begun login = states.find(Query.first(query, "state"), exchange);
        if (config.stateCheck() && login == null) {
            return Answers.of(Failure.STATE_MISMATCH, exchange);
        }
        String code = Query.first(query, "code");
        if (code == null) {
            boolean denied = Query.first(query, "error") != null;
            return Answers.of(denied ? Failure.LOGIN_DENIED : Failure.MISSING_CODE, exchange);
        }
        Form form = new Form()
                .add("grant_type", "authorization_code")
                .add("code", code)
                .add("redirect_uri", config.client().redirectUri());
        if (login != null) {
            form.add("code_verifier", states.verifier(login));
        }
        try {
            Answer answer = tokens.exchange(form, exchange.deadline());
            return answer.status() == 200 ? finish(answer, login, exchange) : answers.refused(answer, exchange);
        } catch (FetchException e) {
            return answers.unreachable(e, exchange);
        }
    }

    private Response finish(Answer answer, @Nullable Begun login, Exchange exchange) throws FetchException {
        Map<String, @Nullable Object> said = answer.json();
        boolean good = said.get("id_token") instanceof String token
                && idTokens.verify(token, exchange.deadline()) instanceof TokenVerifier.Result.Good(var identity)
                && (login == null
                        || states.nonce(login).equals(identity.claims().get("nonce")));
        if (!good) {
            return answers.failed(exchange);
        }
        String cookie = config.stateCheck() ? states.noCookie(exchange) : null;
        if (login == null || login.returnTo() == null) {
            return LoginAnswers.json(answer.body(), cookie, exchange);
        }
        Form fragment = new Form();
        for (String name : List.of("access_token", "id_token", "token_type", "expires_in")) {
            Object value = said.get(name);
            if (value != null) {
                fragment.add(name, value.toString());
            }
        }
        return LoginAnswers.redirect(login.returnTo() + "#" + fragment, cookie, exchange);
    }

    /** Answers with what the provider knows of the one whose access token came. */
    private Response userinfo(Exchange exchange) {
        Headers headers = exchange.request().headers();
        String own = TokenReader.read(new TokenPlace.Field("x-access-token"), headers);
        String token = own == null ? BearerToken.of(headers) : own;
        if (token == null) {
            return Answers.of(Failure.ACCESS_TOKEN_MISSING, exchange, Headers.of("www-authenticate", "Bearer"));
        }
        try {
            Endpoint endpoint = provider.userinfo(exchange.deadline());
            Headers asked = Headers.of("authorization", "Bearer " + token, "accept", "application/json");
            Answer answer = client.send(endpoint, "GET", asked, Body.absent(), exchange.deadline());
            if (answer.status() != 200) {
                return answers.refused(answer, exchange);
            }
            answer.json();
            return LoginAnswers.json(answer.body(), null, exchange);
        } catch (FetchException e) {
            return answers.unreachable(e, exchange);
        }
    }

    /** Exchanges a refresh token for new tokens, unless the token that came with it is valid still. */
    private Response refresh(Exchange exchange) {
        String token = BearerToken.of(exchange.request().headers());
        if (token != null) {
            switch (presented.verify(token, exchange.deadline())) {
                case TokenVerifier.Result.Good good -> {
                    return LoginAnswers.json(VALID.getBytes(UTF_8), null, exchange);
                }
                case TokenVerifier.Result.Bad(Failure failure) -> {
                    if (failure != Failure.TOKEN_EXPIRED) {
                        return refused(failure, exchange);
                    }
                }
            }
        }
        try {
            String refreshToken = refreshToken(exchange);
            if (refreshToken == null) {
                return Answers.of(Failure.MISSING_REFRESH_TOKEN, exchange);
            }
            Form form = new Form().add("grant_type", "refresh_token").add("refresh_token", refreshToken);
            Answer answer = tokens.exchange(form, exchange.deadline());
            if (answer.status() != 200) {
                return answers.refused(answer, exchange);
            }
            boolean good = !(answer.json().get("id_token") instanceof String renewed)
                    || idTokens.verify(renewed, exchange.deadline()) instanceof TokenVerifier.Result.Good;
            return good ? LoginAnswers.json(answer.body(), null, exchange) : answers.failed(exchange);
        } catch (BodyFailure e) {
            return Answers.of(e.failure(), exchange);
        } catch (FetchException e) {
            return answers.unreachable(e, exchange);
        }
    }

    private static Response refused(Failure failure, Exchange exchange) {
        String challenge = JwtAuthorizer.challenge(failure);
        return Answers.of(
                failure, exchange, challenge == null ? Headers.empty() : Headers.of("www-authenticate", challenge));
    }

    private static @Nullable String refreshToken(Exchange exchange) throws BodyFailure {
        String field = exchange.request().headers().first("x-refresh-token");
        if (field != null) {
            return field.isBlank() ? null : field.strip();
        }
        try {
            byte[] body = exchange.request().body().bytes(LARGEST_BODY, Failure.BODY_TOO_LARGE);
            return JsonMap.read(body).get("refresh_token") instanceof String text && !text.isEmpty() ? text : null;
        } catch (BodyFailure e) {
            throw e;
        } catch (IOException e) {
            return null;
        }
    }
}
