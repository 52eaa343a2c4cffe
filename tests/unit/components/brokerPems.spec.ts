import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PemFileCertificates } from "../../../components/certificates";
import { PemFileError, readBrokerPems } from "../../../components/rendering/brokerPems";

describe("readBrokerPems", () => {
    let directory: string;
    const path = (name: string) => join(directory, name);
    const openssl = (...args: string[]) =>
        execFileSync("openssl", args, { cwd: directory, stdio: "pipe" });

    /** A certificate that signs itself, with a key in an old form that Kafka does not read. */
    function certificate(name: string, subject: string, ...more: string[]) {
        openssl("ecparam", "-genkey", "-name", "prime256v1", "-noout", "-out", `${name}.key`);
        openssl(
            ..."req -x509 -new -days 1".split(" "),
            ...["-key", `${name}.key`, "-out", `${name}.crt`, "-subj", subject],
            ...more,
        );
    }

    before(() => {
        directory = mkdtempSync(join(tmpdir(), "pems-"));
        certificate(
            "brokers",
            "/C=DE/O=Example/CN=kafka-brokers",
            ...["-addext", "subjectAltName=DNS:kafka.example.com"],
        );
        certificate("other", "/CN=other");
        certificate("odd", "/CN=kafka, brokers");
        openssl(
            ..."x509 -in brokers.crt -signkey brokers.key -days -1 -out expired.crt".split(" "),
        );
        writeFileSync(
            path("damaged.crt"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        );
    });

    after(() => rmSync(directory, { recursive: true }));

    const files = (changes: Partial<PemFileCertificates> = {}): PemFileCertificates => ({
        source: "files",
        certificateFile: path("brokers.crt"),
        keyFile: path("brokers.key"),
        caFile: path("brokers.crt"),
        ...changes,
    });

    it("reads what is there, with the key in the form that Kafka reads and the name as Kafka writes it", () => {
        const pems = readBrokerPems(files({ clientsCaFile: path("other.crt") }), []);
        const text = (name: string) => readFileSync(path(name), "utf8");
        assert.match(text("brokers.key"), /BEGIN EC PRIVATE KEY/);
        assert.match(pems.key, /^-----BEGIN PRIVATE KEY-----/);
        assert.ok(createPrivateKey(pems.key).equals(createPrivateKey(text("brokers.key"))));
        const { key, ...rest } = pems;
        assert.deepEqual(rest, {
            certificate: text("brokers.crt"),
            ca: text("brokers.crt"),
            clientsCa: text("other.crt"),
            subject: "CN=kafka-brokers,O=Example,C=DE",
            names: "DNS:kafka.example.com",
        });
        assert.equal(readBrokerPems(files(), []).clientsCa, undefined);
    });

    for (const [what, changes, message] of [
        [
            "a file that is missing",
            () => ({ caFile: "/nowhere/ca.crt" }),
            /^kafka-eks:certificates\.caFile: \/nowhere\/ca\.crt: can't be read \(ENOENT\)$/,
        ],
        [
            "a key that belongs to another certificate",
            () => ({ keyFile: path("other.key") }),
            /certificates\.keyFile: .*other\.key: not the key of .*brokers\.crt$/,
        ],
        [
            "a key that is none",
            () => ({ keyFile: path("brokers.crt") }),
            /certificates\.keyFile: .*: expected a private key in PEM without a passphrase$/,
        ],
        [
            "a certificate that is none",
            () => ({ certificateFile: path("brokers.key") }),
            /certificates\.certificateFile: .*: expected certificates in PEM, found none$/,
        ],
        [
            "a damaged certificate",
            () => ({ clientsCaFile: path("damaged.crt") }),
            /certificates\.clientsCaFile: .*: expected certificates in PEM, found one that is damaged$/,
        ],
        [
            "a certificate that has expired",
            () => ({ certificateFile: path("expired.crt") }),
            /certificates\.certificateFile: .*: the certificate of C=DE, O=Example, CN=kafka-brokers expired on /,
        ],
        [
            "a name that Java may write in another way",
            () => ({ certificateFile: path("odd.crt"), keyFile: path("odd.key") }),
            /certificates\.certificateFile: .*: expected a subject of CN, .* without special characters, found CN=kafka\\, brokers$/,
        ],
    ] as const) {
        it(`refuses ${what}`, () => {
            assert.throws(
                () => readBrokerPems(files(changes()), []),
                (error) => error instanceof PemFileError && message.test(error.message),
            );
        });
    }

    it("refuses brokers with the name of a user, who could do everything then", () => {
        const asUser = files({ certificateFile: path("other.crt"), keyFile: path("other.key") });
        const user = (type: "tls" | "scram-sha-512") => [
            { name: "other", authentication: { type } },
        ];
        assert.throws(
            () => readBrokerPems(asUser, user("tls")),
            /certificates\.certificateFile: .*other\.crt: expected a subject of the brokers' own, found CN=other, /,
        );
        assert.equal(readBrokerPems(asUser, user("scram-sha-512")).subject, "CN=other");
    });
});
