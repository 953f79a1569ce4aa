package org.imageferry.cli;

/// How results are printed; the words are the command line's.
enum OutputFormat {
    table,
    json
}
