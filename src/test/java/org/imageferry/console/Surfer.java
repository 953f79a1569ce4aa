package org.imageferry.console;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Somebody with a browser: keeps cookies, fills forms in, follows no redirect by itself.
final class Surfer implements AutoCloseable {
    private static final Pattern COOKIE = Pattern.compile("([^=]+)=([^;]*).*");

    private final int port;
    private final Map<String, String> cookies = new TreeMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    Surfer(int port) {
        this.port = port;
    }

    record Seen(int status, String body, HttpResponse<String> response) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    static Surfer loggedIn(int port, String accessKey, String secret) {
        Surfer surfer = new Surfer(port);
        Seen seen = surfer.login(accessKey, secret);
        if (seen.status() != 303) {
            throw new AssertionError("login was answered " + seen.status() + " " + seen.body());
        }
        return surfer;
    }

    Seen login(String accessKey, String secret) {
        return post("/console/login", Map.of("id", accessKey, "secret", secret));
    }

    Seen get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /// Sends a form as a page of the server would.
    Seen post(String path, Map<String, String> fields) {
        return postFrom(path, fields, "Sec-Fetch-Site", "same-origin");
    }

    Seen postFrom(String path, Map<String, String> fields, String... headers) {
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) ->
                body.append(body.isEmpty() ? "" : "&")
                        .append(encoded(name))
                        .append('=')
                        .append(encoded(value)));
        return send(
                request(path, headers)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /// That each form of the session carries.
    String token() {
        Matcher token =
                Pattern.compile("name=\"token\" value=\"([^\"]*)\"")
                        .matcher(get("/console/keys").body());
        if (!token.find()) {
            throw new AssertionError("nobody is logged in");
        }
        return token.group(1);
    }

    /// Sends a call about an object of a bucket, as a page's script would.
    ///
    /// @param token of the session
    Seen call(
            String method,
            String path,
            String action,
            String token,
            byte[] body,
            String... headers) {
        return send(
                request(path, headers)
                        .header("accept", "application/json")
                        .header("x-acs-action", action)
                        .header("x-acs-version", "2026-11-22")
                        .header("x-imageferry-token", token)
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /// Opens a page, and sends its form of this deed with what is filled in.
    Seen submit(String path, String deed, Map<String, String> filledIn) {
        Map<String, String> fields = form(get(path).body(), deed);
        fields.putAll(filledIn);
        return post("/console/do/" + deed, fields);
    }

    /// The hidden fields of the page's first form of this deed.
    static Map<String, String> form(String page, String deed) {
        int from = page.indexOf("action=\"/console/do/" + deed + "\"");
        if (from < 0) {
            throw new AssertionError("no form for " + deed + " in " + page);
        }
        String form = page.substring(from, page.indexOf("</form>", from));
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher hidden =
                Pattern.compile("type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")
                        .matcher(form);
        while (hidden.find()) {
            fields.put(hidden.group(1), hidden.group(2).replace("&amp;", "&"));
        }
        return fields;
    }

    String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    void setCookie(String name, String value) {
        cookies.put(name, value);
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (!cookies.isEmpty()) {
            StringBuilder all = new StringBuilder();
            cookies.forEach((name, value) ->
                    all.append(all.isEmpty() ? "" : "; ").append(name).append('=').append(value));
            request.header("Cookie", all.toString());
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Seen send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return new Seen(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void keep(String set) {
        Matcher cookie = COOKIE.matcher(set);
        if (cookie.matches()) {
            if (set.contains("Max-Age=0")) {
                cookies.remove(cookie.group(1));
            } else {
                cookies.put(cookie.group(1), cookie.group(2));
            }
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
