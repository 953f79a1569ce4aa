package org.imageferry.ecs;

/// Which action a request means. The older family says it in parameters, the newer one in headers,
/// some clients in both.
record ActionKey(String version, String name) {
    /// @throws EcsException if it is not said, or said twice and differently
    static ActionKey of(Head head, Parameters all) {
        String name = one(head, "x-acs-action", all, "Action");
        return new ActionKey(one(head, "x-acs-version", all, "Version"), name);
    }

    private static String one(Head head, String header, Parameters all, String parameter) {
        String inHeader = head.header(header);
        String inParameters = all.text(parameter);
        if (!inHeader.isEmpty() && !inParameters.isEmpty() && !inHeader.equals(inParameters)) {
            throw new EcsException(
                    GatewayErrors.PARAMETER_FORMAT.advising(
                            parameter
                                    + " is \""
                                    + inParameters
                                    + "\", but the header "
                                    + header
                                    + " says \""
                                    + inHeader
                                    + "\"."));
        }
        // the older family does not sign its headers
        String found = inParameters.isEmpty() && head.acs3() ? inHeader : inParameters;
        if (found.isEmpty()) {
            throw new EcsException(GatewayErrors.missingCommon(parameter));
        }
        return found;
    }
}
