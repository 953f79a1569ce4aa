package org.imageferry.console;

/// What people read of an image's status.
final class ImageWords {
    private ImageWords() {}

    /// @param status as the API has it
    /// @param progress of one that is being made, with its percent sign
    static Html state(String status, String progress) {
        String word =
                switch (status) {
                    case "Available" -> "available";
                    case "Waiting" -> "waiting";
                    case "Creating" ->
                            progress.isEmpty()
                                    ? "being made"
                                    : "being made, " + progress.replace("%", " %");
                    case "CreateFailed" -> "failed";
                    case "UnAvailable" -> "damaged";
                    case "Deprecated" -> "deprecated";
                    default -> status;
                };
        return Html.of("<span class=\"state s-{}\">{}</span>", status, word);
    }
}
