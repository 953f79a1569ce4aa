/// The command line: what people type, and what they see while it works.
///
/// It speaks the wire like any other client, and so must never know how the server keeps things; even
/// the server that `serve` starts is known here by one small interface only.
@NullMarked
package org.imageferry.cli;

import org.jspecify.annotations.NullMarked;
