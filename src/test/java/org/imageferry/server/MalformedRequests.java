package org.imageferry.server;

import java.util.stream.Stream;

/// Requests as no client sends them.
final class MalformedRequests {
    static final String HOST = "Host: localhost\r\n";

    private MalformedRequests() {}

    static Stream<String> all() {
        return Stream.of(
                        requestLines(),
                        headers(),
                        bodies(),
                        parameters(),
                        authorizations(),
                        buckets())
                .flatMap(it -> it);
    }

    private static Stream<String> requestLines() {
        return Stream.of(
                "\r\n\r\n",
                "GET\r\n\r\n",
                "GET /\r\n\r\n",
                "GET / HTTP/9.9\r\n" + HOST + "\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "get / HTTP/1.1\r\n" + HOST + "\r\n",
                "TRACE / HTTP/1.1\r\n" + HOST + "\r\n",
                "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n",
                "CONNECT localhost:1 HTTP/1.1\r\n" + HOST + "\r\n",
                "DELETE / HTTP/1.1\r\n" + HOST + "\r\n",
                "GET http://[::1/ HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /\0 HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /%00 HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + HOST + "\r\n",
                "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n" + HOST + "\r\n",
                "G".repeat(100_000),
                "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003 a TLS handshake",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    }

    private static Stream<String> headers() {
        return Stream.of(
                        "Host: other\r\n",
                        "Huge: " + "a".repeat(100_000) + "\r\n",
                        "Many: header\r\n".repeat(10_000),
                        "No colon\r\n",
                        ": no name\r\n",
                        "Folded: one\r\n two\r\n",
                        "Nul: a\0b\r\n",
                        "Bell: \u0007\r\n",
                        "Content-Length: -1\r\n",
                        "Content-Length: 99999999999999999999\r\n",
                        "Content-Length: 2147483648\r\n",
                        "Content-Length: 1\r\nContent-Length: 2\r\n",
                        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
                        "Transfer-Encoding: gzip\r\n",
                        "Transfer-Encoding: chunked, chunked\r\n",
                        "Content-Type: application/x-www-form-urlencoded; charset=nonsense\r\n",
                        "Content-Encoding: gzip\r\n",
                        "Expect: 100-continue\r\nContent-Length: 5\r\n",
                        "Expect: nonsense\r\n",
                        "Upgrade: h2c\r\nConnection: Upgrade\r\n",
                        "Accept: \u00ff\u00fe\r\n")
                .map(header ->
                        "POST /?Action=DescribeImages HTTP/1.1\r\n" + HOST + header + "\r\n");
    }

    private static Stream<String> bodies() {
        String chunked = "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n";
        String form =
                "POST / HTTP/1.1\r\n"
                        + HOST
                        + "Content-Type: application/x-www-form-urlencoded\r\n";
        return Stream.of(
                chunked + "zz\r\nab\r\n0\r\n\r\n",
                chunked + "-1\r\nab\r\n0\r\n\r\n",
                chunked + "fffffffffffffffff\r\nab\r\n",
                chunked + "2\r\nabcdef\r\n0\r\n\r\n",
                chunked + "5\r\nab",
                chunked + "2;" + "x".repeat(70_000) + "\r\nab\r\n0\r\n\r\n",
                chunked + "a".repeat(70_000),
                chunked + "1\r\na\r\n".repeat(20_000) + "0\r\n\r\n",
                form + "Content-Length: 1000\r\n\r\nAction=Descr",
                form + "Content-Length: 900000\r\n\r\n" + "a".repeat(450_000),
                form + "Content-Length: 1048577\r\n\r\n" + "a".repeat(1 << 20),
                form + "Content-Length: 13\r\n\r\nAction=\0\0\0\0\0\0",
                form + "Content-Length: 9\r\n\r\n\u00ff\u00fe\u00c0\u0080=%c0%80",
                form + withLength("a=1&".repeat(10_000)),
                form + withLength(manyParameters(10_000)),
                form + withLength("&&&&====&&&&"),
                form + withLength("{\"Action\": \"DescribeImages\"}"));
    }

    /// A body with its length before it.
    static String withLength(String body) {
        return "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String manyParameters(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("p").append(i).append("=v&");
        }
        return text.toString();
    }

    private static Stream<String> parameters() {
        return Stream.of(
                        "",
                        "Action",
                        "Action=",
                        "Action=%",
                        "Action=%4",
                        "Action=%zz",
                        "Action=%00",
                        "Action=%ff%fe",
                        "Action=%c0%80",
                        "Action=%ed%a0%80",
                        "Action=DescribeImages&Action=CopyImage",
                        "%=%",
                        "=",
                        "&&&",
                        "Action=" + "x".repeat(20_000),
                        "x".repeat(20_000) + "=1",
                        "Format=XML&Action=<a>&amp;]]>",
                        "Format=nonsense&Action=DescribeImages",
                        "Action=DescribeImages&Version=2014-05-26&AccessKeyId=a&Signature=%00",
                        "Tag.99999999999999999999.Key=a&Tag.-1.Key=b&Tag..Key=c",
                        manyParameters(5_000),
                        manyParameters(10_000))
                .flatMap(query ->
                        Stream.of("GET", "POST")
                                .map(method ->
                                        method
                                                + " /?"
                                                + query.replace(' ', '+')
                                                + " HTTP/1.1\r\n"
                                                + HOST
                                                + "\r\n"));
    }

    private static Stream<String> authorizations() {
        return Stream.of(
                        "ACS3-HMAC-SHA256",
                        "ACS3-HMAC-SHA256 Credential=",
                        "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=;;;,Signature=zz",
                        "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=host,Signature="
                                + "f".repeat(64),
                        "ACS3-HMAC-SHA256 " + "Credential=a,".repeat(1_000),
                        "ACS3-NONSENSE Credential=a,SignedHeaders=host,Signature=00",
                        "ACS3-HMAC-SHA256 Credential=\u00ff,SignedHeaders=\u00ff,Signature=\u00ff",
                        "Basic YTpi",
                        "a".repeat(30_000))
                .flatMap(authorization ->
                        Stream.of(
                                        "",
                                        "x-acs-date: nonsense\r\n",
                                        "x-acs-date: 9999-99-99T99:99:99Z\r\n")
                                .map(date ->
                                        "POST /?RegionId=a HTTP/1.1\r\n"
                                                + HOST
                                                + "x-acs-action: DescribeImages\r\n"
                                                + "x-acs-version: 2014-05-26\r\n"
                                                + date
                                                + "Authorization: "
                                                + authorization
                                                + "\r\n\r\n"));
    }

    private static Stream<String> buckets() {
        return Stream.of(
                        "/buckets",
                        "/buckets/",
                        "/buckets/images",
                        "/buckets/images/",
                        "/buckets/../../etc/passwd",
                        "/buckets/images/%2e%2e/%2e%2e/%2e%2e/catalog.db",
                        "/buckets/images/a%00b",
                        "/buckets/images/" + "a".repeat(5_000),
                        "/buckets/%ff/%ff")
                .flatMap(path ->
                        Stream.of("GET", "PUT", "DELETE")
                                .map(method ->
                                        method
                                                + " "
                                                + path
                                                + "?RegionId=cn-hangzhou&Length=-1 HTTP/1.1\r\n"
                                                + HOST
                                                + "Range: bytes=9-1\r\nContent-Length: 0\r\n\r\n"));
    }
}
