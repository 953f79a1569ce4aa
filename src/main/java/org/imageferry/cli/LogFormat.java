package org.imageferry.cli;

/// How a server writes its log. The names are what people give, and those of appenders in `logback.xml`.
enum LogFormat {
    text,
    json;

    /// In the environment; a system property of that name comes before it.
    static final String VARIABLE = "IMAGEFERRY_LOG";

    /// From now on; too late once anything was logged.
    void use() {
        System.setProperty(VARIABLE, name());
    }
}
