package multicloud.gateway.auth;

import multicloud.gateway.http.Query;

/** Parameters, escaped so that every reader takes them for what they are ({@code application/x-www-form-urlencoded}). */
final class Form {
    private final StringBuilder text = new StringBuilder();

    Form add(String name, String value) {
        Query.append(text, name, value);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
