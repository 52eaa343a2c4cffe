import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import type { AddressInfo } from "node:net";
import tls from "node:tls";
import {
    checkCertificates,
    judgeCertificates,
    type SeenCertificate,
} from "../../../../tools/health/certificates";
import type { HealthContext } from "../../../../tools/health/check";
import type { ListenerEntry } from "../../../../components/kafka/clientAccess";
import { tunnelThrough } from "../../../../tools/client/tunnel";
import { Authority } from "../../../support/certificates";

const NAMESPACE = "kafka";
const DAY_MS = 24 * 60 * 60 * 1000;
const NOW = new Date();
const EXTERNAL: ListenerEntry = {
    name: "external",
    type: "loadBalancer",
    tls: true,
    bootstrap: "localhost:1",
    brokers: ["localhost:2"],
};

function day(days: number): string {
    return new Date(NOW.getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

describe("certificates", () => {
    const testCa = new Authority("ca");
    after(() => testCa.delete());

    function seen(
        owner: string,
        days: number,
        name = "localhost",
        fault?: string,
    ): SeenCertificate {
        const { cert } = testCa.issue({ commonName: "kafka", names: [`DNS:${name}`], days });
        const certificate = new X509Certificate(cert);
        return { owner, address: "localhost:2", seen: { certificate, ...(fault && { fault }) } };
    }

    function judge(certificates: readonly SeenCertificate[], trustUnknown?: string) {
        const access = { listener: EXTERNAL, ...(trustUnknown && { trustUnknown }) };
        const soon = new Date(NOW.getTime() + 60_000);
        return judgeCertificates(access, certificates, soon, NAMESPACE);
    }

    it("pass when they last, fit and are trusted; the first to expire is named", () => {
        assert.deepEqual(judge([seen("broker 0", 20), seen("broker 1", 9)]), {
            area: "certificates",
            name: "external",
            ok: true,
            detail: `2 of 2 addresses, the first expires on ${day(9)} (in 8 days)`,
        });
    });

    it("fail for each broker with all that is wrong", () => {
        assert.deepEqual(
            judge([
                seen("broker 0", 20),
                seen("broker 1", 3),
                seen("broker 2", -1, "other", "CERT_HAS_EXPIRED"),
                seen("broker 3", 20, "localhost", "SELF_SIGNED_CERT_IN_CHAIN"),
                seen("broker 4", 20, "localhost", "CERT_HAS_EXPIRED"),
            ]),
            {
                area: "certificates",
                name: "external",
                ok: false,
                detail:
                    `4 of 5: broker 1 localhost:2: expires on ${day(3)} (in 2 days); ` +
                    `broker 2 localhost:2: expired on ${day(-1)}, is not for this name: it is for DNS:other; ` +
                    "broker 3 localhost:2: is not trusted: CN=ca issued it (an unknown CA); " +
                    "broker 4 localhost:2: the CA CN=ca has expired",
                next: "kubectl get secrets -n kafka",
            },
        );
    });

    it("are not compared with a CA that is not known", () => {
        const check = judge(
            [seen("broker 0", 20, "localhost", "SELF_SIGNED_CERT_IN_CHAIN")],
            "why",
        );
        assert.equal(check.ok, true);
        assert.match(check.detail, /; not compared with a CA: why$/);
    });

    it("that nobody saw are no verdict", () => {
        const hidden = { owner: "broker 0", address: "localhost:2", seen: "refused" };
        assert.deepEqual(judge([hidden]), {
            area: "certificates",
            name: "external",
            ok: true,
            skipped: true,
            detail: "not seen: broker 0 localhost:2 (refused)",
        });
        assert.match(
            judge([hidden, seen("broker 1", 20)]).detail,
            /^1 of 2 .*; not seen: broker 0/,
        );
    });

    it("are taken from each address, and left out where nothing is encrypted", async () => {
        const names = ["DNS:localhost"];
        const server = tls.createServer(testCa.issue({ commonName: "kafka", names }));
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        try {
            const address = `localhost:${(server.address() as AddressInfo).port}`;
            const tunnel = tunnelThrough(() => Promise.reject(new Error("not used")));
            const context = { namespace: NAMESPACE, tunnel } as HealthContext;
            const listener = { ...EXTERNAL, bootstrap: address, brokers: ["localhost:1"] };
            const security = { tls: { ca: testCa.cert } };
            const plain = { listener: { ...listener, tls: false }, security: {} };
            const checks = await checkCertificates([plain, { listener, security }], context);
            assert.equal(checks.length, 1);
            assert.equal(checks[0]!.ok, true);
            assert.match(
                checks[0]!.detail,
                /^1 of 2 addresses, the first expires on .*; not seen: broker 0 localhost:1 \(connection refused/,
            );
            const other = { listener, security: { tls: { ca: "" } } };
            const [untrusted] = await checkCertificates([other], context);
            assert.match(untrusted!.detail, /is not trusted: CN=ca issued it \(an unknown CA\)/);
        } finally {
            server.close();
        }
    });
});
