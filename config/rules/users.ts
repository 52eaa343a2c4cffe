import { hasIdentities } from "../../components/kafka/listeners";
import { OPERATIONS } from "../../components/kafka/users";
import { type ConfigProblem, show } from "../problems";
import type { ParsedConfig } from "../schema";

/** Names that are the program's own, or Kafka's. */
const RESERVED = /^(kafka-brokers|kafka-eks-.*|anonymous)$/i;

/** Tells whether a user's name is taken. */
export function isReservedUser(name: string): boolean {
    return RESERVED.test(name);
}

type User = NonNullable<NonNullable<ParsedConfig["users"]>[number]>;
type Acl = NonNullable<User["acls"][number]>;

/**
 * Users that exist twice or that no listener would recognise, permissions that there are not, passwords in plain text, and
 * clients without an identity beside those that have one.
 */
export function userConflicts(config: ParsedConfig, usersAreSecret: boolean): ConfigProblem[] {
    const { users = [] } = config;
    const problems: ConfigProblem[] = [];
    const takenBy = new Map<string, string>();
    users.forEach((user, index) => {
        if (user === undefined) {
            return;
        }
        const key = `users[${index}]`;
        const other = user.name === undefined ? undefined : takenBy.get(user.name);
        if (user.name === undefined) {
            // What is wrong with the name has been said.
        } else if (other === undefined) {
            takenBy.set(user.name, `${key}.name`);
        } else {
            const expected = `a name that ${other} does not have`;
            problems.push({ key: `${key}.name`, expected, given: show(user.name) });
        }
        problems.push(
            ...nameConflicts(key, user),
            ...typeConflicts(key, user, config),
            ...passwordConflicts(key, user, usersAreSecret),
            ...user.acls.flatMap((acl, n) =>
                acl === undefined ? [] : aclConflicts(`${key}.acls[${n}]`, acl),
            ),
        );
    });
    return [...problems, ...anonymousConflicts(config)];
}

function nameConflicts(key: string, { name }: User): ConfigProblem[] {
    const expected = "a name other than kafka-brokers, anonymous and kafka-eks-…, which are taken";
    return name !== undefined && isReservedUser(name)
        ? [{ key: `${key}.name`, expected, given: show(name) }]
        : [];
}

function typeConflicts(
    key: string,
    user: User,
    { listeners, wrong }: ParsedConfig,
): ConfigProblem[] {
    const { type } = user.authentication;
    if (type === undefined) {
        return [];
    }
    const isRecognised = (listeners ?? [undefined]).some(
        (listener, index) =>
            listener === undefined ||
            isWrong(wrong, `listeners[${index}].authentication`) ||
            listener.authentication?.type === type,
    );
    const expected = `the authentication of one of the listeners (none has ${show(type)})`;
    return isRecognised ? [] : [{ key: `${key}.authentication.type`, expected, given: show(type) }];
}

/** Whether a value, or something in it, could not be read: that it is missing means nothing then. */
function isWrong(wrong: ParsedConfig["wrong"], key: string): boolean {
    return [...wrong].some((each) => each === key || each.startsWith(`${key}.`));
}

function passwordConflicts(
    user: string,
    { authentication: { type, password } }: User,
    usersAreSecret: boolean,
): ConfigProblem[] {
    const key = `${user}.authentication.password`;
    if (password === undefined) {
        return [];
    }
    if (type === "tls") {
        return [{ key, expected: 'nothing with type "tls"', given: "a password" }];
    }
    const expected = `a secret (pulumi config set --secret --path 'kafka-eks:${key}')`;
    return usersAreSecret ? [] : [{ key, expected, given: "a password in plain text" }];
}

function aclConflicts(key: string, { resource, operations }: Acl): ConfigProblem[] {
    const { type, name, patternType } = resource;
    const problems: ConfigProblem[] = [];
    if (type === "cluster") {
        for (const [field, value] of Object.entries({ name, patternType })) {
            if (value !== undefined) {
                const expected = 'nothing with type "cluster": there is one only';
                problems.push({ key: `${key}.resource.${field}`, expected, given: show(value) });
            }
        }
    } else if (name === undefined) {
        const expected = "a name without blanks, or * for any";
        problems.push({ key: `${key}.resource.name`, expected, given: show(name) });
    } else if (name === "*" && patternType === "prefix") {
        const expected = '"literal" with the name "*", which stands for any';
        problems.push({ key: `${key}.resource.patternType`, expected, given: show(patternType) });
    }
    const known: readonly string[] = OPERATIONS[type];
    operations.forEach((operation, index) => {
        if (operation !== undefined && !known.includes(operation)) {
            const expected = `an operation on resources of type "${type}": ${known.join(", ")}`;
            const given = show(operation);
            problems.push({ key: `${key}.operations[${index}]`, expected, given });
        }
    });
    return problems;
}

/**
 * Where clients have identities, nobody has permissions that are not given, also when the last user has left: its certificate is
 * still valid. Clients without an identity can't be given any one by one.
 */
function anonymousConflicts({ listeners = [], wrong }: ParsedConfig): ConfigProblem[] {
    const withIdentities = hasIdentities(listeners);
    return listeners.flatMap((listener, index): ConfigProblem[] => {
        const key = `listeners[${index}]`;
        if (listener?.authentication !== undefined && listener.allowAnonymous === true) {
            const expected = "nothing with authentication: no client is anonymous there";
            return [{ key: `${key}.allowAnonymous`, expected, given: show(true) }];
        }
        const locksOut =
            withIdentities &&
            listener !== undefined &&
            listener.authentication === undefined &&
            listener.allowAnonymous !== true &&
            !isWrong(wrong, `${key}.authentication`) &&
            !isWrong(wrong, `${key}.allowAnonymous`);
        const expected =
            "an object with type where another listener has one, as anonymous clients have no permissions then " +
            "(allowAnonymous: true gives them all permissions)";
        return locksOut ? [{ key: `${key}.authentication`, expected, given: "nothing" }] : [];
    });
}
