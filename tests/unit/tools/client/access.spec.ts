import assert from "node:assert/strict";
import { chooseListener, chooseUser, securityOf } from "../../../../tools/client/connection";
import { UsageError } from "../../../../tools/cli/errors";
import { IdentityError, ListenersConfigMapError } from "../../../../tools/client/errors";
import type { ListenerEntry } from "../../../../components/kafka/clientAccess";
import type { UserAccess } from "../../../../components/kafka/clientAccess";
import {
    fetchIdentity,
    fetchAccess,
    fetchTrust,
    parseAccess,
    SecretForbiddenError,
} from "../../../../tools/client/access";
import { Authority } from "../../../support/certificates";
import { fakeSecrets } from "./fakeSecrets";

const NAMESPACE = "kafka";
const ALICE: UserAccess = {
    name: "alice",
    type: "scram-sha-512",
    secret: "kafka-user-alice",
    passwordKey: "password",
};
const BOB: UserAccess = {
    name: "bob",
    type: "tls",
    secret: "kafka-user-bob",
    certificateKey: "tls.crt",
    privateKeyKey: "tls.key",
};
const HEALTH: UserAccess = { ...ALICE, name: "kafka-eks-health-scram", secret: "health" };
const DIRECTORY = {
    trust: [{ secret: "kafka-brokers-tls", key: "ca.crt" }],
    users: [ALICE, BOB, HEALTH],
};

function listener(name: string, fields: Partial<ListenerEntry> = {}): ListenerEntry {
    const type = name === "internal" ? "internal" : "loadBalancer";
    return { name, type, tls: false, bootstrap: "b:1", brokers: ["b:1"], ...fields };
}

const SCRAM = listener("external", { tls: true, authentication: { type: "scram-sha-512" } });

describe("the directory of identities", () => {
    it("is read from its text", () => {
        assert.deepEqual(parseAccess(JSON.stringify(DIRECTORY), NAMESPACE), DIRECTORY);
    });

    for (const [what, text, message] of [
        [
            "what is no JSON",
            "",
            /^key security\.json of ConfigMap kafka-listeners in .* is not JSON$/,
        ],
        ["a list", "[]", /is wrong: the whole: /],
        [
            "a user of an unknown kind",
            '{"trust":[],"users":[{"type":"x"}]}',
            /wrong: users\.0\.type: /,
        ],
        [
            "a user without a Secret",
            '{"trust":[],"users":[{"name":"a","type":"tls"}]}',
            /users\.0\.secret: /,
        ],
    ] as const) {
        it(`refuses ${what}`, () => {
            assert.throws(
                () => parseAccess(text, NAMESPACE),
                (error) => error instanceof ListenersConfigMapError && message.test(error.message),
            );
        });
    }

    it("is none where the ConfigMap does not have it", async () => {
        const core = {
            readNamespacedConfigMap: () => Promise.resolve({ data: { "listeners.json": "[]" } }),
        };
        assert.equal(await fetchAccess(core, NAMESPACE), undefined);
    });
});

describe("identities in Secrets", () => {
    const testCa = new Authority("ca");
    const bob = testCa.issue({ commonName: "bob" });
    const other = testCa.issue({ commonName: "other" });
    after(() => testCa.delete());

    const secrets = fakeSecrets({
        "kafka-brokers-tls": { "ca.crt": testCa.cert },
        "kafka-user-alice": { password: "p" },
        "kafka-user-bob": { "tls.crt": bob.cert, "tls.key": bob.key },
        mixed: { "tls.crt": bob.cert, "tls.key": other.key },
        odd: { "tls.crt": "none", passwort: "p" },
        hidden: 403,
        broken: 500,
    });

    it("are a password, or a certificate with its key", async () => {
        assert.deepEqual(await fetchIdentity(secrets, NAMESPACE, ALICE), {
            sasl: { username: "alice", password: "p" },
        });
        assert.deepEqual(await fetchIdentity(secrets, NAMESPACE, BOB), {
            tls: { cert: bob.cert, key: bob.key },
        });
    });

    it("are put together for a listener: trust where there is TLS, the user where one is asked for", async () => {
        const of = (tls: boolean, user?: UserAccess) =>
            securityOf(secrets, NAMESPACE, { tls }, DIRECTORY, user);
        const ca = testCa.cert;
        const sasl = { username: "alice", password: "p" };
        assert.deepEqual(await of(false), {});
        assert.deepEqual(await of(true), { tls: { ca } });
        assert.deepEqual(await of(true, ALICE), { tls: { ca }, sasl });
        assert.deepEqual(await of(false, ALICE), { sasl });
        // The CA's Secret is not even looked for.
        const trust = [{ secret: "none", key: "ca.crt" }];
        assert.deepEqual(
            await securityOf(secrets, NAMESPACE, { tls: false }, { trust, users: [] }, ALICE),
            { sasl },
        );
        assert.deepEqual(await of(true, BOB), { tls: { ca, cert: bob.cert, key: bob.key } });
    });

    it("trust several CAs, or the system's where none are named", async () => {
        const trust = [DIRECTORY.trust[0]!, DIRECTORY.trust[0]!];
        const both = await fetchTrust(secrets, NAMESPACE, { trust, users: [] });
        assert.equal(both, `${testCa.cert}\n${testCa.cert}`);
        assert.equal(await fetchTrust(secrets, NAMESPACE, { trust: [], users: [] }), undefined);
    });

    for (const [what, user, message] of [
        [
            "a missing Secret",
            { ...ALICE, secret: "none" },
            "there is no Secret none in namespace kafka",
        ],
        [
            "a missing key",
            { ...ALICE, secret: "odd" },
            "the Secret odd in namespace kafka is wrong: there is no key password (keys: passwort, tls.crt)",
        ],
        [
            "a certificate that is none",
            { ...BOB, secret: "odd" },
            "the Secret odd in namespace kafka is wrong: key tls.crt: expected a certificate " +
                "(-----BEGIN CERTIFICATE-----), found no PEM",
        ],
        [
            "a key of another certificate",
            { ...BOB, secret: "mixed" },
            "the Secret mixed in namespace kafka is wrong: its private key does not belong to its certificate",
        ],
    ] as const) {
        it(`say what is wrong with ${what}`, async () => {
            await assert.rejects(
                fetchIdentity(secrets, NAMESPACE, user),
                (error) => error instanceof IdentityError && error.message === message,
            );
        });
    }

    it("tell a Secret that may not be read from other answers of the API server", async () => {
        await assert.rejects(
            fetchIdentity(secrets, NAMESPACE, { ...ALICE, secret: "hidden" }),
            (error) =>
                error instanceof SecretForbiddenError &&
                /^the Secret hidden in namespace kafka may not be read: /.test(error.message),
        );
        await assert.rejects(
            fetchIdentity(secrets, NAMESPACE, { ...ALICE, secret: "broken" }),
            (error) => !(error instanceof IdentityError),
        );
    });
});

describe("the choices of --stack", () => {
    const INTERNAL = listener("internal");

    it("are the first external listener, else the first, or the one that is named", () => {
        const all = [INTERNAL, listener("external"), listener("nodes")];
        assert.equal(chooseListener(all).name, "external");
        assert.equal(chooseListener([INTERNAL]).name, "internal");
        assert.equal(chooseListener(all, "nodes").name, "nodes");
        assertRefused(
            () => chooseListener(all, "x"),
            'there is no listener "x" (listeners: internal, external, nodes)',
        );
    });

    it("are the only user of the listener's kind, but not the program's own", () => {
        assert.deepEqual(chooseUser(SCRAM, DIRECTORY.users), ALICE);
        assert.deepEqual(chooseUser(SCRAM, DIRECTORY.users, HEALTH.name), HEALTH);
        assert.equal(chooseUser(INTERNAL, DIRECTORY.users), undefined);
    });

    it("are the user's where there are several, none, or none of that name", () => {
        const asked = "listener external asks for a user with scram-sha-512, and there";
        const carol = { ...ALICE, name: "carol" };
        assertRefused(
            () => chooseUser(SCRAM, [ALICE, BOB, carol]),
            `${asked} are several: alice, carol`,
        );
        assertRefused(() => chooseUser(SCRAM, [BOB, HEALTH]), `${asked} is none`);
        assertRefused(
            () => chooseUser(SCRAM, DIRECTORY.users, "bob"),
            `${asked} is no such user "bob" (users: alice)`,
        );
        assertRefused(
            () => chooseUser(INTERNAL, DIRECTORY.users, "alice"),
            "listener internal asks for no user",
        );
    });

    function assertRefused(run: () => unknown, message: string): void {
        assert.throws(run, (error) => error instanceof UsageError && error.message === message);
    }
});
