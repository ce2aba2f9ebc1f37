package org.sterna.documents;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every scanner about a document; without a clear answer the verdict is {@link Verdict#FAILED}. */
final class ScanRound implements AutoCloseable {

    /** What all scanners together say. */
    enum Verdict {
        CLEAN,
        /** There was no scanner to ask. */
        UNSCANNED,
        INFECTED,
        FAILED;

        Document.Status status() {
            return switch (this) {
                case CLEAN -> Document.Status.CLEAN;
                case UNSCANNED -> Document.Status.NOT_SCANNED;
                case INFECTED, FAILED -> Document.Status.QUARANTINED;
            };
        }
    }

    /** Gives the content anew for every scanner. */
    interface Content {
        InputStream open() throws Exception;
    }

    private static final Logger LOG = LoggerFactory.getLogger(ScanRound.class);

    private final List<DocumentScan> scanners;
    private final Duration timeout;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "document-scan");
        thread.setDaemon(true);
        return thread;
    });

    ScanRound(List<DocumentScan> scanners, Duration timeout) {
        this.scanners = List.copyOf(scanners);
        this.timeout = timeout;
        if (scanners.isEmpty()) {
            LOG.warn("No DocumentScan is configured: documents are not scanned for malware");
        }
    }

    /** Whether there is anybody to ask. */
    boolean possible() {
        return !scanners.isEmpty();
    }

    Verdict of(Content content) {
        Verdict verdict = possible() ? Verdict.CLEAN : Verdict.UNSCANNED;
        for (DocumentScan scanner : scanners) {
            switch (ask(scanner, content)) {
                case INFECTED -> {
                    return Verdict.INFECTED;
                }
                case FAILED -> verdict = Verdict.FAILED;
                case CLEAN -> {}
            }
        }
        return verdict;
    }

    /** A scanner that hangs must not hold the upload for ever, so it works on a thread of its own. */
    private Verdict ask(DocumentScan scanner, Content content) {
        Future<DocumentScan.Verdict> answer = threads.submit(() -> {
            try (InputStream in = content.open()) {
                return scanner.scan(in);
            }
        });
        try {
            DocumentScan.Verdict verdict = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return verdict == DocumentScan.Verdict.CLEAN
                    ? Verdict.CLEAN
                    : verdict == DocumentScan.Verdict.INFECTED ? Verdict.INFECTED : Verdict.FAILED;
        } catch (ExecutionException e) {
            LOG.warn("A document could not be scanned and stays in quarantine", e.getCause());
        } catch (TimeoutException e) {
            LOG.warn("A document was not scanned within {} and stays in quarantine", timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            answer.cancel(true);
        }
        return Verdict.FAILED;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
