package org.imageferry.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Tags;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.action.ActionScene;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What keeps others from using a session, and a session from seeing what is not its own.
class ProtectionTest {
    private final ActionScene scene = new ActionScene();
    private final ImageId golden = scene.image("golden");
    private final Surfer surfer = Surfer.loggedIn(scene.port(), "testid", "testsecret");

    @AfterEach
    void stop() {
        surfer.close();
        scene.close();
    }

    private List<String> pages() {
        return List.of(
                "/console/login",
                "/console/",
                "/console/activity",
                "/console/keys",
                "/console/regions/cn-hangzhou",
                goldensPage(),
                "/console/images/cn-hangzhou/m-nothere",
                "/console/no/such");
    }

    private String goldensPage() {
        return "/console/images/cn-hangzhou/" + golden;
    }

    @Test
    void everyAnswerForbidsScriptsAndWhatIsOfOtherOrigins() {
        for (String page : pages()) {
            Surfer.Seen seen = surfer.get(page);
            assertThat(seen.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(seen.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(seen.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(seen.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @Test
    void noPageHasAScriptAStyleOrAnAddressOfElsewhereInIt() {
        Pattern inline =
                Pattern.compile(
                        "<script(?![^>]* src=)|<style|\\sstyle=|\\son[a-z]+=|javascript:|https?:");
        for (String page : pages()) {
            assertThat(surfer.get(page).body()).doesNotContainPattern(inline);
        }
    }

    @Test
    void noPageAndNoCookieHoldsASecret() {
        for (String page : pages()) {
            assertThat(surfer.get(page).body()).doesNotContain("testsecret", "othersecret");
        }
        String sealed = surfer.cookie(Cookies.SESSION); // the scene's seal hides nothing
        assertThat(new String(Base64.getDecoder().decode(sealed), StandardCharsets.UTF_8))
                .contains("testid")
                .doesNotContain("testsecret");
    }

    @Test
    void markupInANameStaysText() {
        scene.image(
                EdgeScene.ACCOUNT,
                "trap",
                new Tags(Map.of("<img src=x onerror=alert(1)>", "\"'><script>alert(2)</script>")),
                ActionScene.GIB);
        ImageId trap = imageNamed("trap");

        String page = surfer.get("/console/images/cn-hangzhou/" + trap).body();

        assertThat(page)
                .contains("&lt;img src=x onerror=alert(1)&gt;", "&quot;&#39;&gt;&lt;script&gt;")
                .doesNotContain("<img", "<script>");
        assertThat(surfer.get("/console/regions/cn-hangzhou?name=%3Cscript%3E%22").body())
                .contains("&lt;script&gt;&quot;")
                .doesNotContain("<script>");
    }

    private ImageId imageNamed(String name) {
        return new ImageId(
                scene.call("DescribeImages", "RegionId", "cn-hangzhou", "ImageName", name)
                        .path("Images")
                        .path("Image")
                        .path(0)
                        .path("ImageId")
                        .asString());
    }

    @Test
    void aFormNeedsTheTokenOfItsSession() {
        Map<String, String> form = Surfer.form(surfer.get(goldensPage()).body(), "delete");
        Surfer other = Surfer.loggedIn(scene.port(), "testid", "testsecret");

        assertThat(other.post("/console/do/delete", form).status()).isEqualTo(403);
        form.put("token", "");
        assertThat(surfer.post("/console/do/delete", form).status()).isEqualTo(403);
        form.remove("token");
        assertThat(surfer.post("/console/do/delete", form).status()).isEqualTo(403);
        assertThat(scene.find(golden)).isPresent();
    }

    /// Its sender would go on with the next request on a connection that is being closed.
    @Test
    void whoIsRefusedBeforeHisFormArrivedHearsThatTheConnectionEnds() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), scene.port())) {
            String head =
                    """
                    POST /console/do/delete HTTP/1.1
                    Host: localhost
                    Sec-Fetch-Site: cross-site
                    Content-Type: application/x-www-form-urlencoded
                    Content-Length: 10

                    """;
            socket.getOutputStream()
                    .write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer)
                    .startsWith("HTTP/1.1 403 ")
                    .containsIgnoringCase("connection: close");
        }
    }

    @Test
    void aFormThatAnotherSiteSentIsRefused() {
        Map<String, String> form = Surfer.form(surfer.get(goldensPage()).body(), "delete");
        for (String[] headers :
                new String[][] {
                    {},
                    {"Sec-Fetch-Site", "cross-site"},
                    {"Sec-Fetch-Site", "same-site"},
                    {"Sec-Fetch-Site", "none"},
                    {"Origin", "null"},
                    {"Origin", "http://elsewhere.example"},
                    {"Origin", "http://127.0.0.1:1"}
                }) {
            assertThat(surfer.postFrom("/console/do/delete", form, headers).status())
                    .isEqualTo(403);
            assertThat(
                            surfer.postFrom(
                                            "/console/login",
                                            Map.of("id", "testid", "secret", "testsecret"),
                                            headers)
                                    .status())
                    .isEqualTo(403);
        }
        assertThat(scene.find(golden)).isPresent();

        String own = "http://127.0.0.1:" + scene.port();
        assertThat(surfer.postFrom("/console/do/delete", form, "Origin", own).status())
                .isEqualTo(303);
        assertThat(scene.find(golden)).isEmpty();
    }

    @Test
    void anotherAccountsImageIsNotThere() {
        Surfer other = Surfer.loggedIn(scene.port(), "other", "othersecret");

        Surfer.Seen seen = other.get(goldensPage());

        assertThat(seen.status()).isEqualTo(404);
        assertThat(seen.body()).contains("InvalidImageId.NotFound").doesNotContain("golden");
        assertThat(other.get("/console/regions/cn-hangzhou").body()).doesNotContain("golden");
        assertThat(other.get("/console/feed/regions/cn-hangzhou").body()).doesNotContain("golden");
        scene.copyOf(golden, "copy");
        assertThat(other.get("/console/").body()).doesNotContain("copy</a>", golden.value());
        assertThat(other.get("/console/activity").body()).doesNotContain("copy</a>");
        assertThat(other.get("/console/keys").body()).doesNotContain("testid");
    }

    @Test
    void anotherAccountsImageCanNotBeTouchedByAForm() {
        Surfer other = Surfer.loggedIn(scene.port(), "other", "othersecret");
        ImageId theirs = scene.image(EdgeScene.OTHER, "theirs", Tags.NONE, ActionScene.GIB);

        Surfer.Seen seen =
                other.submit(
                        "/console/images/cn-hangzhou/" + theirs,
                        "delete",
                        Map.of("image", golden.value(), "snapshots", "on"));

        assertThat(seen.status()).isEqualTo(404);
        assertThat(seen.body()).contains("InvalidImageId.NotFound");
        assertThat(scene.find(golden)).isPresent();
    }

    @Test
    void aUserSeesAndDoesWhatItsPoliciesSay() {
        scene.user(
                EdgeScene.ACCOUNT,
                "reader",
                """
                {"Version": "1", "Statement": [{"Effect": "Allow", "Action": ["ecs:Describe*", \
                "imageferry:Describe*"], "Resource": "*"}]}\
                """);
        scene.user(EdgeScene.ACCOUNT, "nobody");
        Surfer reader = Surfer.loggedIn(scene.port(), "key-of-reader", "secret of reader");
        Surfer nobody = Surfer.loggedIn(scene.port(), "key-of-nobody", "secret of nobody");

        assertThat(nobody.get("/console/").body()).contains("Forbidden.RAM");
        assertThat(nobody.get(goldensPage()).status()).isEqualTo(403);
        Surfer.Seen refused = reader.submit(goldensPage(), "delete", Map.of());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("Forbidden.RAM", "golden");
        assertThat(scene.find(golden)).isPresent();
    }
}
