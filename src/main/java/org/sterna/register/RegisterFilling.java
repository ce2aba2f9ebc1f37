package org.sterna.register;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Fills the register at start-up. Done while this bean is made, and every reader of the register depends on it: so it
 * comes after the migrations and before whoever asks the register, the engine's job executor and the web server
 * included. An {@code ApplicationRunner} would come after both.
 */
@Component("registerFilling")
class RegisterFilling implements InitializingBean {

    private final JdbcTemplate database;
    private final PlatformTransactionManager transactions;
    private final ReferenceRegister reference;
    private final ReferenceInstruments instruments;
    private final ObjectProvider<DemoRegister> demo;
    private final ObjectProvider<DemoMoney> demoMoney;
    private final FirstAdministrator firstAdministrator;

    RegisterFilling(
            JdbcTemplate database,
            PlatformTransactionManager transactions,
            ReferenceRegister reference,
            ReferenceInstruments instruments,
            ObjectProvider<DemoRegister> demo,
            ObjectProvider<DemoMoney> demoMoney,
            FirstAdministrator firstAdministrator) {
        this.database = database;
        this.transactions = transactions;
        this.reference = reference;
        this.instruments = instruments;
        this.demo = demo;
        this.demoMoney = demoMoney;
        this.firstAdministrator = firstAdministrator;
    }

    @Override
    public void afterPropertiesSet() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            database.queryForObject("select id from register_filling where id = 1 for update", Integer.class);
            reference.fill();
            instruments.fill();
            demo.ifAvailable(DemoRegister::fill);
            demoMoney.ifAvailable(DemoMoney::fill);
            firstAdministrator.admit();
        });
    }
}
