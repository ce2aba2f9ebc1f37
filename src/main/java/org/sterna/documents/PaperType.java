package org.sterna.documents;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.tika.Tika;

/**
 * The kinds of paper taken into custody, told by content alone: it must begin as one, end as one (a cut-off file does
 * not), and be nothing else besides.
 */
enum PaperType {
    PDF("application/pdf", List.of(".pdf"), "255044462d") {
        @Override
        boolean complete(Path file) throws IOException {
            return contains(tail(file, 2048), "%%EOF".getBytes(StandardCharsets.US_ASCII));
        }
    },
    JPEG("image/jpeg", List.of(".jpg", ".jpeg"), "ffd8ff") {
        @Override
        boolean complete(Path file) throws IOException {
            return JpegWalk.reachesItsEnd(file);
        }
    },
    PNG("image/png", List.of(".png"), "89504e470d0a1a0a0000000d49484452") {
        @Override
        boolean complete(Path file) throws IOException {
            return Arrays.equals(tail(file, IEND.length), IEND);
        }
    };

    private static final byte[] IEND = HexFormat.of().parseHex("0000000049454e44ae426082");
    private static final byte[] ZIP_END = HexFormat.of().parseHex("504b0506");
    private static final int ZIP_END_LENGTH = 22;
    private static final int ZIP_COMMENT_LENGTH = 0xffff;
    private static final int HEAD = 8192;
    private static final Tika TIKA = new Tika();

    private final String mediaType;
    private final List<String> extensions;
    private final byte[] signature;

    PaperType(String mediaType, List<String> extensions, String signature) {
        this.mediaType = mediaType;
        this.extensions = extensions;
        this.signature = HexFormat.of().parseHex(signature);
    }

    /** The type of the file, if it is one of ours from its first byte to its last. */
    static Optional<PaperType> of(Path file) throws IOException {
        byte[] head = head(file);
        for (PaperType type : values()) {
            if (startsWith(head, type.signature)) {
                boolean genuine =
                        TIKA.detect(head).equals(type.mediaType) && type.complete(file) && !endsAsArchive(file);
                return genuine ? Optional.of(type) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    abstract boolean complete(Path file) throws IOException;

    String mediaType() {
        return mediaType;
    }

    /** The usual extension, with its dot. */
    String extension() {
        return extensions.get(0);
    }

    boolean fits(String name) {
        return extensions.stream().anyMatch(extension -> SafeName.endsWith(name, extension));
    }

    /** A ZIP archive is read from its end, so one can hide behind any other file. */
    private static boolean endsAsArchive(Path file) throws IOException {
        byte[] tail = tail(file, ZIP_END_LENGTH + ZIP_COMMENT_LENGTH);
        for (int at = tail.length - ZIP_END_LENGTH; at >= 0; at--) {
            if (Arrays.equals(tail, at, at + ZIP_END.length, ZIP_END, 0, ZIP_END.length)) {
                int comment = (tail[at + 20] & 0xff) | (tail[at + 21] & 0xff) << 8;
                if (at + ZIP_END_LENGTH + comment == tail.length) {
                    return true;
                }
            }
        }
        return false;
    }

    private static byte[] head(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }

    static byte[] tail(Path file, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, channel.size()));
            channel.position(channel.size() - buffer.capacity());
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // until full
            }
            return buffer.array();
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int at = 0; at <= bytes.length - wanted.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
