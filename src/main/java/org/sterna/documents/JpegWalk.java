package org.sterna.documents;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Walks through a JPEG's segments to the end of its image. Looking for the end marker anywhere would not do: a thumbnail
 * inside has one too, and cameras write data of their own behind the last one.
 */
final class JpegWalk {

    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;

    private JpegWalk() {}

    /** Whether the image has a scan and the marker that ends it. */
    static boolean reachesItsEnd(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readUnsignedByte() != 0xff || in.readUnsignedByte() != START_OF_IMAGE) {
                return false;
            }
            boolean scanned = false;
            int marker = marker(in, in.readUnsignedByte());
            while (marker != END_OF_IMAGE) {
                if (marker < 0) {
                    return false;
                }
                int length = in.readUnsignedShort() - 2;
                if (length < 0) {
                    return false;
                }
                in.skipNBytes(length);
                if (marker == START_OF_SCAN) {
                    scanned = true;
                    marker = behindScan(in);
                } else {
                    marker = marker(in, in.readUnsignedByte());
                }
            }
            return scanned;
        } catch (EOFException cutOff) {
            return false;
        }
    }

    /** The marker code after a 0xff and any fill bytes; -1 if there is no marker here. */
    private static int marker(DataInputStream in, int first) throws IOException {
        if (first != 0xff) {
            return -1;
        }
        int code = 0xff;
        while (code == 0xff) {
            code = in.readUnsignedByte();
        }
        return code;
    }

    /** Passes over coded data, in which 0xff is followed by zero or by a restart marker. */
    private static int behindScan(DataInputStream in) throws IOException {
        while (true) {
            if (in.readUnsignedByte() == 0xff) {
                int code = marker(in, 0xff);
                boolean partOfScan = code == 0 || code >= 0xd0 && code <= 0xd7;
                if (!partOfScan) {
                    return code;
                }
            }
        }
    }
}
