import assert from "node:assert/strict";
import { accessTo } from "../../../../tools/health/access";
import { checkListener } from "../../../../tools/health/listeners";
import type { ListenerEntry } from "../../../../components/kafka/clientAccess";
import type { ClientAccess } from "../../../../components/kafka/clientAccess";
import type { ClientSecurity } from "../../../../tools/client/tls";
import { tunnelThrough } from "../../../../tools/client/tunnel";
import { Authority } from "../../../support/certificates";
import { fakeSecrets } from "../client/fakeSecrets";

const NAMESPACE = "kafka";
const NO_TUNNEL = tunnelThrough(() => Promise.reject(new Error("not used")));
const CREDENTIALS = { username: "kafka-eks-health-scram", password: "p" };

function listener(tls: boolean, type?: string): ListenerEntry {
    return {
        name: "internal",
        type: "internal",
        tls,
        ...(type && { authentication: { type } }),
        bootstrap: "kafka-bootstrap.kafka.svc:9092",
        brokers: ["kafka-0.kafka-headless.kafka.svc:9092"],
    };
}

describe("the identity of the health check", () => {
    const testCa = new Authority("ca");
    const own = testCa.issue({ commonName: "kafka-eks-health-tls" });
    after(() => testCa.delete());

    const ca = testCa.cert;
    const secrets = fakeSecrets({
        "kafka-brokers-tls": { "ca.crt": ca },
        scram: { password: "p" },
        tls: { "tls.crt": own.cert, "tls.key": own.key },
        hidden: 403,
    });
    const clientAccess: ClientAccess = {
        trust: [{ secret: "kafka-brokers-tls", key: "ca.crt" }],
        users: [
            { name: "alice", type: "scram-sha-512", secret: "none", passwordKey: "password" },
            {
                name: "kafka-eks-health-scram",
                type: "scram-sha-512",
                secret: "scram",
                passwordKey: "password",
            },
            {
                name: "kafka-eks-health-tls",
                type: "tls",
                secret: "tls",
                certificateKey: "tls.crt",
                privateKeyKey: "tls.key",
            },
        ],
    };

    function access(
        entry: ListenerEntry,
        found: ClientAccess | undefined = clientAccess,
        given: ClientSecurity = {},
    ) {
        return accessTo(entry, { core: secrets, namespace: NAMESPACE, access: found, given });
    }

    for (const [tls, type, security] of [
        [false, undefined, {}],
        [true, undefined, { tls: { ca } }],
        [true, "tls", { tls: { ca, cert: own.cert, key: own.key } }],
        [true, "scram-sha-512", { tls: { ca }, sasl: CREDENTIALS }],
        [false, "scram-sha-512", { sasl: CREDENTIALS }],
    ] as const) {
        it(`is the program's own user: ${tls ? "TLS" : "plaintext"}, ${type ?? "anonymous"}`, async () => {
            const entry = listener(tls, type);
            assert.deepEqual(await access(entry), { listener: entry, security });
        });
    }

    it("trusts the system's CAs if that is asked for, unless others are given", async () => {
        const of = async (given: ClientSecurity) => {
            const sources = { core: secrets, namespace: NAMESPACE, access: clientAccess, given };
            return (await accessTo(listener(true), { ...sources, trustSystem: true })).security;
        };
        assert.deepEqual(await of({ tls: {} }), { tls: {} });
        assert.deepEqual(await of({ tls: { ca: "given" } }), { tls: { ca: "given" } });
    });

    it("is the given one, if it is of the listener's kind", async () => {
        const sasl = { username: "alice", password: "a" };
        const given = { tls: { ca: "given", cert: "c", key: "k" }, sasl };
        const of = async (type?: string) => await access(listener(true, type), undefined, given);
        const scram = await of("scram-sha-512");
        assert.deepEqual(scram.security, { tls: { ca: "given" }, sasl });
        const certificate = await of("tls");
        assert.deepEqual(certificate.security, { tls: { ca: "given", cert: "c", key: "k" } });
        assert.deepEqual([scram.obstacle, certificate.obstacle], [undefined, undefined]);
    });

    /** What the check of a listener says that there is no identity for. */
    async function saidOf(entry: ListenerEntry, users: ClientAccess["users"] | undefined) {
        const found = users && { ...clientAccess, users };
        const entryAccess = await accessTo(entry, {
            core: secrets,
            namespace: NAMESPACE,
            access: found,
            given: {},
        });
        return checkListener(entryAccess, NO_TUNNEL, NAMESPACE);
    }

    const base = { area: "listeners", name: "internal: round trip" };
    const user = clientAccess.users[1]!;

    it("is not there where the deployment is older, as before", async () => {
        assert.deepEqual(await saidOf(listener(true, "tls"), undefined), [
            {
                ...base,
                ok: true,
                skipped: true,
                detail: "not tried: the listener asks for TLS and credentials, which this check does not have",
            },
        ]);
    });

    it("is missed where there is no user for it", async () => {
        assert.deepEqual(await saidOf(listener(true, "scram-sha-512"), [clientAccess.users[0]!]), [
            {
                ...base,
                ok: true,
                skipped: true,
                detail:
                    "not tried: the listener asks for TLS and credentials, which this check does not have: " +
                    "there is no user kafka-eks-health-*; give one with --sasl",
            },
        ]);
    });

    it("is a failure where its Secret is missing", async () => {
        const lost = { ...user, secret: "lost" };
        assert.deepEqual(await saidOf(listener(true, "scram-sha-512"), [lost]), [
            {
                ...base,
                ok: false,
                detail: "there is no Secret lost in namespace kafka",
                next: "see which there are: kubectl get secrets -n kafka; pulumi up --refresh makes what is missing",
            },
        ]);
    });

    it("is no failure where its Secret may not be read", async () => {
        const [check] = await saidOf(listener(true, "scram-sha-512"), [
            { ...user, secret: "hidden" },
        ]);
        assert.deepEqual([check!.ok, check!.skipped], [true, true]);
        assert.match(
            check!.detail,
            /^not tried: the Secret hidden in namespace kafka may not be read: .*; use a kubeconfig that/,
        );
    });

    it("does not hide that the CAs are unknown", async () => {
        const trust = [{ secret: "hidden", key: "ca.crt" }];
        const { obstacle, trustUnknown } = await access(listener(true), { trust, users: [] });
        assert.equal(obstacle?.isFault, false);
        assert.match(trustUnknown ?? "", /^the Secret hidden in namespace kafka may not be read: /);
    });
});
