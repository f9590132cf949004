package multicloud.gateway.config;

import java.util.ArrayList;
import java.util.List;
import multicloud.gateway.config.AuthorizerConfig.Iam;
import multicloud.gateway.config.Node.Text;
import multicloud.gateway.config.PrincipalPattern.InvalidPrincipal;

/** Reads an authorizer of type {@code iam}. */
final class IamReader {
    static final Keys KEYS = Keys.of("type", "principals");
    private static final String EXPECTED = "an ARN such as \"arn:aws:iam::123456789012:role/*\"";

    private final Findings findings;

    IamReader(Findings findings) {
        this.findings = findings;
    }

    Iam read(ObjectReader authorizer, String alias) {
        authorizer.require("principals");
        List<PrincipalPattern> principals = new ArrayList<>();
        for (Node item : authorizer.someItems("principals")) {
            Text text = authorizer.text(item, EXPECTED);
            if (text != null && text.isOpaque()) {
                principals.add(new PrincipalPattern(text.value(), text.value()));
            } else if (text != null) {
                add(text, principals);
            }
        }
        return new Iam(alias, principals);
    }

    private void add(Text text, List<PrincipalPattern> principals) {
        try {
            principals.add(PrincipalPattern.parse(text.value()));
        } catch (InvalidPrincipal e) {
            findings.unfit(text, Rule.PRINCIPAL, EXPECTED, text.shown() + " lets in nobody: " + e.message());
        }
    }
}
