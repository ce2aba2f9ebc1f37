package org.sterna.campaigns;

import org.springframework.stereotype.Component;

/** Works off what acts on several obligations wait for, in tests in which no thread does so by itself. */
@Component
public class BulkWork {

    private final BulkRunner runner;

    BulkWork(BulkRunner runner) {
        this.runner = runner;
    }

    /** Does everything that waits. */
    public void workOff() {
        runner.workOff();
    }
}
