/// What keys must promise.
///
/// It knows accounts, regions and scopes, and never what is sealed with its keys.
@NullMarked
package org.imageferry.kms;

import org.jspecify.annotations.NullMarked;
