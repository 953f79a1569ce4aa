/// Disk image files: what is in them and where. Input here is hostile: no length or count that a file
/// claims is believed before it is checked, and nothing outside the file is ever opened.
@NullMarked
package org.imageferry.format;

import org.jspecify.annotations.NullMarked;
