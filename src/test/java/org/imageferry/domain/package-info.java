/// The rules of the vocabulary, one by one.
@NullMarked
package org.imageferry.domain;

import org.jspecify.annotations.NullMarked;
