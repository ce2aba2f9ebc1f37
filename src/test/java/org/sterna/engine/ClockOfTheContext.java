package org.sterna.engine;

import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** The engine's clock is one for all applications of a test run; each test class gets that of its own application. */
class ClockOfTheContext implements TestExecutionListener {

    @Override
    public void beforeTestClass(TestContext test) {
        ClockUtil.reset();
        test.getApplicationContext().getBeanProvider(EnginePlugin.class).ifAvailable(EnginePlugin::follow);
    }
}
