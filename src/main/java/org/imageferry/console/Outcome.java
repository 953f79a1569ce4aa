package org.imageferry.console;

import java.util.List;
import java.util.Optional;

/// What became of a form.
///
/// @param status HTTP's, of the first that was refused; 200 if all was done
/// @param done sentences
/// @param refused what was not done, and why
/// @param next the page to go to, if not to the one that the form was on
record Outcome(int status, List<String> done, List<Html> refused, Optional<String> next) {
    static Outcome done(String what) {
        return new Outcome(200, List.of(what), List.of(), Optional.empty());
    }

    static Outcome refused(int status, Html why) {
        return new Outcome(status, List.of(), List.of(why), Optional.empty());
    }

    Outcome then(String page) {
        return new Outcome(status, done, refused, Optional.of(page));
    }

    boolean good() {
        return refused.isEmpty();
    }
}
