package multicloud.gateway.cli;

/**
 * Colours and weights of text on a terminal (ECMA-48, SGR).
 *
 * @param on whether there are any
 */
record Style(boolean on) {
    String bold(String text) {
        return in("1", text);
    }

    String dim(String text) {
        return in("2", text);
    }

    String red(String text) {
        return in("31", text);
    }

    String green(String text) {
        return in("32", text);
    }

    String yellow(String text) {
        return in("33", text);
    }

    String blue(String text) {
        return in("34", text);
    }

    String cyan(String text) {
        return in("36", text);
    }

    private String in(String code, String text) {
        return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
