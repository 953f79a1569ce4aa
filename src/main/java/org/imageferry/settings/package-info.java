/// What an operator says of an installation: the settings file and the environment, read and checked once, at the start.
///
/// It opens nothing and starts nothing.
@NullMarked
package org.imageferry.settings;

import org.jspecify.annotations.NullMarked;
