package org.sterna.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PaperTypeTests {

    @TempDir
    Path folder;

    @Test
    void knowsTheThreeKindsByTheirContent() throws IOException {
        assertThat(PaperType.of(file(Papers.pdf(3000)))).contains(PaperType.PDF);
        assertThat(PaperType.of(file(Papers.jpeg()))).contains(PaperType.JPEG);
        assertThat(PaperType.of(file(Papers.png()))).contains(PaperType.PNG);
    }

    @Test
    void acceptsAPhotographWithTheCamerasOwnDataBehindTheImage() throws IOException {
        assertThat(PaperType.of(file(Papers.joined(Papers.jpeg(), new byte[5000]))))
                .contains(PaperType.JPEG);
    }

    @ParameterizedTest
    @MethodSource("others")
    void refuses(byte[] content) throws IOException {
        assertThat(PaperType.of(file(content))).isEmpty();
    }

    static Stream<Named<byte[]>> others() {
        byte[] png = Papers.png();
        byte[] jpeg = Papers.jpeg();
        byte[] pdf = Papers.pdf(9000);
        return Stream.of(
                Named.of("a page that a PDF hides in", Papers.joined(text("<html><script>"), pdf)),
                Named.of("an archive that a PDF is hidden in", Papers.joined(Papers.zip(), pdf)),
                Named.of("a PDF that an archive hides behind", Papers.joined(pdf, Papers.zip())),
                Named.of("a JPEG that an archive hides behind", Papers.joined(jpeg, Papers.zip())),
                Named.of("a PNG with something behind it", Papers.joined(png, text("<script>"))),
                Named.of("a cut-off PDF", Arrays.copyOf(pdf, 6000)),
                Named.of("a cut-off PNG", Arrays.copyOf(png, png.length - 5)),
                Named.of("a cut-off JPEG", Arrays.copyOf(jpeg, jpeg.length - 2)),
                Named.of("a JPEG cut off behind its thumbnail", withThumbnailOnly(jpeg)),
                Named.of("a drawing", text("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")),
                Named.of("a page", text("<!doctype html><title>x</title>")),
                Named.of("an office document", Papers.zip()),
                Named.of("a picture of another kind", text("GIF89a")),
                Named.of("one byte", new byte[] {0}),
                Named.of("only a signature", text("%PDF-")));
    }

    /** An application segment that holds a whole small image, and then nothing. */
    private static byte[] withThumbnailOnly(byte[] thumbnail) {
        int length = thumbnail.length + 2;
        byte[] start = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length};
        return Papers.joined(start, thumbnail);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("upload"), content);
    }
}
