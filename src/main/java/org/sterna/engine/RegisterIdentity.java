package org.sterna.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.GroupQuery;
import org.camunda.bpm.engine.identity.NativeUserQuery;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.TenantQuery;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.identity.UserQuery;
import org.camunda.bpm.engine.impl.GroupQueryImpl;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.QueryOrderingProperty;
import org.camunda.bpm.engine.impl.TenantQueryImpl;
import org.camunda.bpm.engine.impl.UserQueryImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.persistence.entity.GroupEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TenantEntity;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.sterna.register.Account;
import org.sterna.register.Accounts;
import org.sterna.register.Parties;
import org.sterna.register.Party;

/**
 * The engine's view of the register: users are accounts, groups are seats, tenants are Parties. Nothing is copied, so
 * a seat that was left is left at the next request; and nothing can be written. Party users see only themselves.
 */
class RegisterIdentity implements ReadOnlyIdentityProvider, Session {

    /** Group of everybody who holds a seat of a Party. */
    static final String PARTY_USERS = "party";

    /** Group of administrators; the engine's own name for it. */
    static final String ADMINISTRATORS = "camunda-admin";

    /** No account has an empty name. */
    private static final String NOBODY = "";

    private final Accounts accounts;
    private final Parties parties;

    RegisterIdentity(Accounts accounts, Parties parties) {
        this.accounts = accounts;
        this.parties = parties;
    }

    /** Group of the readers of a language, for the ready filters in that language. */
    static String readers(Locale language) {
        return "readers-" + language.getLanguage();
    }

    /** All groups of an account, sorted; as a reader, of the language being read just now, else the account's. */
    static List<String> groupsOf(Account account) {
        LocaleContext reading = LocaleContextHolder.getLocaleContext();
        Locale language = reading == null ? null : reading.getLocale();
        Set<String> groups = new HashSet<>(account.seats());
        groups.add(readers(language == null ? account.language() : language));
        if (account.partyCode() != null) {
            groups.add(PARTY_USERS);
        }
        if (account.administrator()) {
            groups.add(ADMINISTRATORS);
        }
        return groups.stream().sorted().toList();
    }

    /** Codes of the Parties whose cases an account may see; all for the Secretariat and administrators. */
    static List<String> tenantsOf(Account account, Parties parties) {
        if (account.secretariat() || account.administrator()) {
            return parties.all().stream().map(Party::code).toList();
        }
        return account.partyCode() == null ? List.of() : List.of(account.partyCode());
    }

    @Override
    public @Nullable User findUserById(String userId) {
        return accounts.find(userId).map(RegisterIdentity::user).orElse(null);
    }

    @Override
    public UserQuery createUserQuery() {
        return new Users(Context.getProcessEngineConfiguration().getCommandExecutorTxRequired());
    }

    @Override
    public UserQueryImpl createUserQuery(CommandContext commandContext) {
        return new Users(null);
    }

    @Override
    public NativeUserQuery createNativeUserQuery() {
        throw new BadUserRequestException("Native user queries are not supported.");
    }

    @Override
    public boolean checkPassword(String userId, String password) {
        // passwords are checked at the application's own door, which throttles; never here
        return false;
    }

    @Override
    public @Nullable Group findGroupById(String groupId) {
        return group(groupId);
    }

    @Override
    public GroupQuery createGroupQuery() {
        return new Groups(Context.getProcessEngineConfiguration().getCommandExecutorTxRequired());
    }

    @Override
    public GroupQuery createGroupQuery(CommandContext commandContext) {
        return new Groups(null);
    }

    @Override
    public @Nullable Tenant findTenantById(String tenantId) {
        return parties.find(tenantId).map(RegisterIdentity::tenant).orElse(null);
    }

    @Override
    public TenantQuery createTenantQuery() {
        return new Tenants(Context.getProcessEngineConfiguration().getCommandExecutorTxRequired());
    }

    @Override
    public TenantQuery createTenantQuery(CommandContext commandContext) {
        return new Tenants(null);
    }

    @Override
    public void flush() {
        // nothing is ever written
    }

    @Override
    public void close() {
        // nothing is held
    }

    private static UserEntity user(Account account) {
        UserEntity user = new UserEntity(account.username());
        user.setFirstName(account.displayName());
        user.setLastName("");
        user.setEmail(account.email());
        return user;
    }

    private static GroupEntity group(String code) {
        GroupEntity group = new GroupEntity(code);
        group.setName(code);
        group.setType(code.equals(ADMINISTRATORS) ? "SYSTEM" : "WORKFLOW");
        return group;
    }

    private static TenantEntity tenant(Party party) {
        TenantEntity tenant = new TenantEntity(party.code());
        tenant.setName(party.nameEn());
        return tenant;
    }

    /** Whether the asking user may see others: the Secretariat, administrators and the engine itself. */
    private boolean seesOthers(@Nullable Authentication asking) {
        return asking == null
                || asking.getUserId() == null
                || accounts.find(asking.getUserId())
                        .filter(account -> account.secretariat() || account.administrator())
                        .isPresent();
    }

    /** Whose memberships are asked for: those of the user named, of the asking user alone, or (null) of anybody. */
    private @Nullable String member(@Nullable Authentication asking, @Nullable String named) {
        if (seesOthers(asking)) {
            return named;
        }
        return named == null || named.equals(asking.getUserId()) ? asking.getUserId() : NOBODY;
    }

    private static <T> List<T> page(Stream<T> all, @Nullable Page page) {
        return (page == null ? all : all.skip(page.getFirstResult()).limit(page.getMaxResults())).toList();
    }

    private static boolean like(@Nullable String pattern, @Nullable String text) {
        if (pattern == null) {
            return true;
        }
        String wanted = pattern.replace("%", "").toLowerCase(Locale.ROOT);
        return text != null && text.toLowerCase(Locale.ROOT).contains(wanted);
    }

    private static boolean equal(@Nullable String wanted, @Nullable String text) {
        return wanted == null || wanted.equals(text);
    }

    private static <T> Comparator<T> order(List<QueryOrderingProperty> orderings, Function<T, String> key) {
        boolean descending = orderings.stream()
                .anyMatch(ordering -> ordering.getDirection() != null
                        && "desc".equalsIgnoreCase(ordering.getDirection().getName()));
        Comparator<T> ascending = Comparator.comparing(key);
        return descending ? ascending.reversed() : ascending;
    }

    private class Users extends UserQueryImpl {

        private static final long serialVersionUID = 1L;

        Users(@Nullable CommandExecutor executor) {
            super(executor);
        }

        @Override
        public long executeCount(CommandContext context) {
            return matching(context).count();
        }

        @Override
        public List<User> executeList(CommandContext context, Page page) {
            return page(matching(context).map(User.class::cast), page);
        }

        private Stream<UserEntity> matching(CommandContext context) {
            Set<String> names = new HashSet<>();
            if (id != null) {
                names.add(id);
            }
            if (ids != null) {
                names.addAll(Arrays.asList(ids));
            }
            Authentication asking = context.getAuthentication();
            if (!seesOthers(asking)) {
                if (!names.isEmpty() && !names.contains(asking.getUserId())) {
                    return Stream.empty();
                }
                names = Set.of(asking.getUserId());
            }
            return accounts.query(names, Optional.ofNullable(groupId)).stream()
                    .filter(account -> equal(tenantId, account.partyCode()))
                    .map(RegisterIdentity::user)
                    .filter(user -> equal(firstName, user.getFirstName())
                            && like(firstNameLike, user.getFirstName())
                            && equal(lastName, user.getLastName())
                            && like(lastNameLike, user.getLastName())
                            && equal(email, user.getEmail())
                            && like(emailLike, user.getEmail()))
                    .sorted(order(getOrderingProperties(), UserEntity::getId));
        }
    }

    private class Groups extends GroupQueryImpl {

        private static final long serialVersionUID = 1L;

        Groups(@Nullable CommandExecutor executor) {
            super(executor);
        }

        @Override
        public long executeCount(CommandContext context) {
            return matching(context).count();
        }

        @Override
        public List<Group> executeList(CommandContext context, Page page) {
            return page(matching(context).map(Group.class::cast), page);
        }

        private Stream<GroupEntity> matching(CommandContext context) {
            String member = member(context.getAuthentication(), userId);
            Stream<String> codes = member != null
                    ? accounts.find(member).map(RegisterIdentity::groupsOf).orElse(List.of()).stream()
                    : known();
            Set<String> wanted = ids == null ? Set.of() : Set.of(ids);
            return codes.filter(code -> equal(id, code) && (ids == null || wanted.contains(code)))
                    .map(RegisterIdentity::group)
                    .filter(group -> equal(name, group.getName())
                            && like(nameLike, group.getName())
                            && equal(type, group.getType()))
                    .sorted(order(getOrderingProperties(), GroupEntity::getId));
        }

        private Stream<String> known() {
            return Stream.concat(
                            accounts.query(Set.of(), Optional.empty()).stream()
                                    .flatMap(account -> groupsOf(account).stream()),
                            Stream.of(ADMINISTRATORS))
                    .distinct();
        }
    }

    private class Tenants extends TenantQueryImpl {

        private static final long serialVersionUID = 1L;

        Tenants(@Nullable CommandExecutor executor) {
            super(executor);
        }

        @Override
        public long executeCount(CommandContext context) {
            return matching(context).count();
        }

        @Override
        public List<Tenant> executeList(CommandContext context, Page page) {
            return page(matching(context).map(Tenant.class::cast), page);
        }

        private Stream<TenantEntity> matching(CommandContext context) {
            String member = member(context.getAuthentication(), userId);
            Set<String> visible = member == null
                    ? Set.of()
                    : accounts.find(member)
                            .map(account -> Set.copyOf(tenantsOf(account, parties)))
                            .orElse(Set.of());
            boolean all = member == null;
            Set<String> wanted = ids == null ? Set.of() : Set.of(ids);
            // Parties have no groups of their own: a tenant is reached through a user only
            return (groupId != null ? Stream.<Party>empty() : parties.all().stream())
                    .filter(party -> all || visible.contains(party.code()))
                    .filter(party -> equal(id, party.code()) && (ids == null || wanted.contains(party.code())))
                    .map(RegisterIdentity::tenant)
                    .filter(tenant -> equal(name, tenant.getName()) && like(nameLike, tenant.getName()))
                    .sorted(order(getOrderingProperties(), TenantEntity::getId));
        }
    }
}
