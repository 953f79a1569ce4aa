package org.imageferry.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
    @Test
    void aQueryAndAFormAreOne() {
        Parameters both = Parameters.parse("A=1&B=x%20y").and(Parameters.parse("C=+z&&A=1"));

        assertThat(both.all()).hasToString("{A=1, B=x y, C= z}");
    }

    @Test
    void oneNameWithTwoValuesIsRefused() {
        Parameters query = Parameters.parse("ImageId=m-1");

        assertThat(refused(() -> query.and(Parameters.parse("ImageId=m-2"))).advice())
                .isEqualTo("ImageId was given twice, with different values.");
        assertThat(refused(() -> Parameters.parse("A=1&A=2")).code())
                .isEqualTo("InvalidParameter.Format");
    }

    @Test
    void anEmptyValueIsSignedButNotGiven() {
        Parameters parameters = Parameters.parse("SignatureType=&Name");

        assertThat(parameters.find("SignatureType")).isEmpty();
        assertThat(parameters.canonical("")).isEqualTo("Name=&SignatureType=");
    }

    @Test
    void aMissingParameterIsNamed() {
        EcsError error = refused(() -> Parameters.NONE.require("ImageId"));

        assertThat(error.status()).isEqualTo(400);
        assertThat(error.code()).isEqualTo("MissingParameter");
        assertThat(error.message())
                .isEqualTo(
                        "The input parameter \"ImageId\" that is mandatory for processing this"
                                + " request is not supplied.");
    }

    @Test
    void booleansAreTakenInAnyCaseAndNothingElseIs() {
        Parameters parameters = Parameters.parse("A=true&B=False&C=TRUE&D=1");

        assertThat(parameters.flag("A")).contains(true);
        assertThat(parameters.flag("B")).contains(false);
        assertThat(parameters.flag("C")).contains(true);
        assertThat(parameters.flag("E")).isEmpty();
        EcsError refused = refused(() -> parameters.flag("D"));
        assertThat(refused.code()).isEqualTo("InvalidParameter.Format");
        assertThat(refused.advice()).isEqualTo("D must be true or false, not \"1\".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "ten", "1.5", "99999999999999999999"})
    void aNumberOutOfBoundsIsRefused(String text) {
        Parameters parameters = Parameters.parse("PageSize=" + text);

        assertThat(refused(() -> parameters.number("PageSize", 1, 100, 10)).advice())
                .startsWith("PageSize must be a whole number from 1 to 100");
    }

    @Test
    void numbersAreTakenUpToTheirBounds() {
        Parameters parameters = Parameters.parse("A=1&B=100");

        assertThat(parameters.number("A", 1, 100, 10)).isEqualTo(1);
        assertThat(parameters.number("B", 1, 100, 10)).isEqualTo(100);
        assertThat(parameters.number("C", 1, 100, 10)).isEqualTo(10);
    }

    @Test
    void listsAreReadByIndexWithGapsAndInLegacyCase() {
        Parameters parameters =
                Parameters.parse(
                        "Tag.10.Key=c&Tag.2.Key=b&Tag.2.Value=2&tag.1.key=a&Tag.1.value=1"
                                + "&TagX.1.Key=no&Tag.0.Key=no&Tag.x.Key=no&ResourceId.1=r");

        assertThat(parameters.list("Tag"))
                .hasToString("{1={key=a, value=1}, 2={Key=b, Value=2}, 10={Key=c}}");
        assertThat(parameters.list("Tag").get(1)).containsEntry("Key", "a");
        assertThat(parameters.list("ResourceId").values())
                .extracting(item -> item.get(""))
                .isEqualTo(List.of("r"));
    }

    @Test
    void anItemGivenTwiceInDifferentCaseIsRefused() {
        Parameters parameters = Parameters.parse("Tag.1.Key=a&Tag.1.key=b");

        assertThatThrownBy(() -> parameters.list("Tag")).isInstanceOf(EcsException.class);
    }

    @Test
    void thereMayBeManyButNotAnyNumberOfThem() {
        assertThat(Parameters.parse(many(1_000)).all()).hasSize(1_000);
        assertThatThrownBy(() -> Parameters.parse(many(1_001))).isInstanceOf(EcsException.class);
    }

    private static String many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "P" + i + "=1")
                .collect(Collectors.joining("&"));
    }

    @Test
    void aValueMayBeLongButNotOfAnyLength() {
        String most = "x".repeat(16 << 10);

        assertThat(Parameters.parse("A=" + most).text("A")).isEqualTo(most);
        assertThatThrownBy(() -> Parameters.parse("A=x" + most)).isInstanceOf(EcsException.class);
    }

    @Test
    void valuesAreNotPrinted() {
        assertThat(Parameters.parse("Secret=s3cret")).hasToString("Parameters[Secret]");
    }

    private static EcsError refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(EcsException.class, call).error();
    }
}
