/// Who may do what: access keys, temporary credentials, the policies of users, and the requests that
/// manage them. It knows actions and resources by their names only, never what an action does.
@NullMarked
package org.imageferry.access;

import org.jspecify.annotations.NullMarked;
