package dev.muster.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    @ParameterizedTest
    @CsvSource({
        "/,/,''",
        "/a?b,/a,b",
        "/a?,/a,''",
        "/a??b=?,/a,?b=?",
        "//a/../b/./c;d,//a/../b/./c;d,''",
        "/%2f%2E,/%2f%2E,''",
        "/a#b,/a#b,''",
        "/a?%zz,/a,%zz",
        "https://h:1/a?b,/a,b",
        "HTTP://h,/,''",
        "http://h?x,/,x",
        "*,*,''"
    })
    void isSplitAndLeftAsSent(String target, String path, String query) {
        assertThat(RequestTarget.parse(target)).contains(new RequestTarget(path, query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "a:1", "?a", "ftp://h/", "/a b", "/%", "/%1", "/%zz", "/a\u007f", "/\u00e4", "/a\n"})
    void isRefused(String target) {
        assertThat(RequestTarget.parse(target)).isEmpty();
    }
}
