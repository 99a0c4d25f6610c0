package candlestack.viewer.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            one ~ FLUX ~ $v ~ a.b
            one ~ FLUX ~ ${v} ~ a.b
            one ~ FLUX ~ [[v]] ~ a.b
            one ~ FLUX ~ ${v:regex} ~ a\\.b
            one ~ FLUX ~ ${v:doublequote} ~ "a.b"
            one ~ SQL ~ ${v:sqlstring} ~ 'a.b'
            one ~ URL ~ ${v:percentencode} ~ a.b
            two ~ FLUX ~ ${v:regex} ~ (a\\.b|c\\/d)
            two ~ FLUX ~ ${v:doublequote} ~ "a.b","c/d"
            two ~ SQL ~ ${v} ~ 'a.b','c/d'
            two ~ CQL ~ ${v} ~ 'a.b','c/d'
            two ~ SQL ~ ${v:sqlstring} ~ 'a.b','c/d'
            two ~ URL ~ ${v:percentencode} ~ %7Ba.b%2Cc%2Fd%7D
            """)
    void writesValuesAsGrafanaDoes(String chosen, Language language, String text, String expected) {
        List<String> values = chosen.equals("one") ? List.of("a.b") : List.of("a.b", "c/d");

        assertThat(variables(values, values.size() > 1).interpolate(text, language))
                .isEqualTo(expected);
    }

    @Test
    void keepsMacrosAndNamesThatAreNoVariables() {
        assertThat(variables(List.of("x"), false)
                        .interpolate("$__timeFilter(ts) ${r.symbol} $other v.windowPeriod", Language.SQL))
                .isEqualTo("$__timeFilter(ts) ${r.symbol} $other v.windowPeriod");
    }

    @Test
    void aValueInSqlQuotesCannotEndThem() {
        assertThat(variables(List.of("O'Hara'; DROP TABLE x; --"), false)
                        .interpolate("WHERE name = '$v'", Language.SQL))
                .isEqualTo("WHERE name = 'O''Hara''; DROP TABLE x; --'");
    }

    @Test
    void aFluxStringCannotBeEndedOrInterpolatedInto() {
        assertThat(variables(List.of("a\\\" |> ${secret}"), false).interpolate("${v:doublequote}", Language.FLUX))
                .isEqualTo("\"a\\\\\\\" |> \\${secret}\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "1;2", "x')", "a\"", "drop(", "a/b", "\\"})
    void outsideOfQuotesAValueIsAPlainWord(String value) {
        Variables variables = variables(List.of(value), false);

        assertThatThrownBy(() -> variables.interpolate("LIMIT $v", Language.SQL))
                .isInstanceOf(QueryException.class)
                .hasMessage("Cannot use value '" + value
                        + "' of variable 'v' as it is: it is no plain word; write ${v:sqlstring} in the dashboard");
        assertThatThrownBy(() -> variables.interpolate("r._field == \"$v\"", Language.FLUX))
                .hasMessageEndingWith("write ${v:doublequote} in the dashboard");
        assertThatThrownBy(() -> variables.interpolate("/path/$v", Language.URL))
                .hasMessageEndingWith("write ${v:percentencode} in the dashboard");
    }

    @Test
    void refusesWhatARegularExpressionCannotHold() {
        assertThatThrownBy(() -> variables(List.of("a\"b"), false).interpolate("/^${v:regex}$/", Language.FLUX))
                .hasMessage("Cannot use value 'a\"b' of variable 'v' in a regular expression: it has a double quote");
    }

    @Test
    void refusesControlCharactersAndUnknownFormats() {
        assertThatThrownBy(() -> variables(List.of("a\nb"), false))
                .hasMessage("Invalid value of variable 'v': it has control characters");
        assertThatThrownBy(() -> variables(List.of("a"), false).interpolate("${v:lucene}", Language.FLUX))
                .hasMessage("Cannot write variable 'v': format 'lucene' is not supported");
    }

    @Test
    void whatTheFileSaysAllIsIsUsedAsItIs() {
        Variables all = new Variables(List.of(new VariableValue("v", List.of(".*"), true, true)));

        assertThat(all.interpolate("/^${v:regex}$/", Language.FLUX)).isEqualTo("/^.*$/");
    }

    private static Variables variables(List<String> values, boolean list) {
        return new Variables(List.of(new VariableValue("v", values, list, false)));
    }
}
