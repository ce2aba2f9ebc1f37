package org.sterna.documents;

import java.io.InputStream;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A document's content, fetched chunk by chunk; holds no connection in between. */
final class StoredContent extends InputStream {

    private final JdbcClient jdbc;
    private final UUID id;
    private byte[] chunk = new byte[0];
    private int position;
    private int next;

    StoredContent(JdbcClient jdbc, UUID id) {
        this.jdbc = jdbc;
        this.id = id;
    }

    /** Gives the chunks of several documents, each document's in their order; one statement. */
    static void each(JdbcClient jdbc, Collection<UUID> ids, BiConsumer<UUID, byte[]> chunk) {
        jdbc.sql(
                        "select document_id, bytes from document_chunk where document_id in (:ids) order by document_id, number")
                .param("ids", ids)
                .query((ResultSet row) ->
                        chunk.accept(row.getObject("document_id", UUID.class), row.getBytes("bytes")));
    }

    @Override
    public int read() {
        return filled() ? chunk[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!filled()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean filled() {
        if (position < chunk.length) {
            return true;
        }
        Optional<byte[]> more = jdbc.sql(
                        "select bytes from document_chunk where document_id = :id and number = :number")
                .param("id", id)
                .param("number", next)
                .query((row, number) -> row.getBytes(1))
                .optional();
        more.ifPresent(bytes -> {
            chunk = bytes;
            position = 0;
            next++;
        });
        return more.isPresent();
    }
}
