import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PemFileCertificates } from "../../../../../components/statefulset/certificates/sources";
import { readBrokerPems } from "../../../../../components/statefulset/certificates/brokerPems";
import { PemFileError } from "../../../../../components/statefulset/certificates/pemFaults";

/** What the certificate of the tests fits. */
const FITS = { users: [], hosts: ["kafka-0.example.com", "10.0.0.1"] };

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
            ...["-addext", "subjectAltName=DNS:*.example.com,IP:10.0.0.1"],
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
        const pems = readBrokerPems(files({ clientsCaFile: path("other.crt") }), FITS);
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
            names: "DNS:*.example.com, IP Address:10.0.0.1",
        });
        assert.equal(readBrokerPems(files(), FITS).clientsCa, undefined);
    });

    for (const [what, changes, message] of [
        [
            "a file that is missing",
            () => ({ caFile: "/nowhere/ca.crt" }),
            /^kafka-eks:certificates\.caFile: \/nowhere\/ca\.crt: can't be read \(ENOENT\)\. Next: correct the path, or the permissions of the file$/,
        ],
        [
            "a key that belongs to another certificate",
            () => ({ keyFile: path("other.key") }),
            /certificates\.keyFile: .*other\.key: not the key of .*brokers\.crt\. Next: give the key with which that certificate was requested$/,
        ],
        [
            "a key that is none",
            () => ({ keyFile: path("brokers.crt") }),
            /certificates\.keyFile: .*: expected a private key in PEM without a passphrase\. Next: openssl pkey -in FILE -out NEW_FILE writes one$/,
        ],
        [
            "a certificate that is none",
            () => ({ certificateFile: path("brokers.key") }),
            /certificates\.certificateFile: .*: expected certificates in PEM, found none\. Next: give a file with certificates as PEM$/,
        ],
        [
            "a damaged certificate",
            () => ({ clientsCaFile: path("damaged.crt") }),
            /certificates\.clientsCaFile: .*: expected certificates in PEM, found one that is damaged\. Next: give a file with certificates as PEM$/,
        ],
        [
            "a certificate that has expired",
            () => ({ certificateFile: path("expired.crt") }),
            /certificates\.certificateFile: .*: the certificate of C=DE, O=Example, CN=kafka-brokers expired on .*\. Next: give one that is valid$/,
        ],
        [
            "a name that Java may write in another way",
            () => ({ certificateFile: path("odd.crt"), keyFile: path("odd.key") }),
            /certificates\.certificateFile: .*: expected a subject of CN, .* without special characters, found CN=kafka\\, brokers\. Next: have the CA issue a certificate with such a subject$/m,
        ],
    ] as const) {
        it(`refuses ${what}`, () => {
            assert.throws(
                () => readBrokerPems(files(changes()), FITS),
                (error) => error instanceof PemFileError && message.test(error.message),
            );
        });
    }

    it("says all that is wrong with the files", () => {
        assert.throws(
            () =>
                readBrokerPems(
                    files({ keyFile: path("other.key"), caFile: "/a", clientsCaFile: "/b" }),
                    { users: [], hosts: ["a.com"] },
                ),
            {
                message: [
                    "caFile: /a: can't be read (ENOENT). Next: correct the path, or the permissions of the file",
                    "clientsCaFile: /b: can't be read (ENOENT). Next: correct the path, or the permissions of the file",
                    `keyFile: ${path("other.key")}: not the key of ${path("brokers.crt")}. ` +
                        "Next: give the key with which that certificate was requested",
                    `certificateFile: ${path("brokers.crt")}: expected the names and addresses by which brokers ` +
                        "are reached, missing: a.com. Next: have the CA issue a certificate with them",
                ]
                    .map((line) => `kafka-eks:certificates.${line}`)
                    .join("\n"),
            },
        );
    });

    it("refuses a certificate without a name or an address of a broker", () => {
        const hosts = ["kafka.other.com", "kafka-0.example.com", "10.0.0.2"];
        assert.throws(
            () => readBrokerPems(files(), { users: [], hosts }),
            /certificates\.certificateFile: .*brokers\.crt: expected the names .*, missing: kafka\.other\.com, 10\.0\.0\.2\. Next: have the CA issue a certificate with them$/,
        );
    });

    describe("with a CA of its own", () => {
        /** What a CA signs, with the usages. */
        function signed(name: string, testCa: string, ...extensions: string[]) {
            certificate(name, `/CN=${name}`);
            writeFileSync(path("extensions"), extensions.join("\n"));
            openssl(
                "req",
                "-new",
                "-key",
                `${name}.key`,
                "-subj",
                `/CN=${name}`,
                "-out",
                "request",
            );
            openssl(
                ..."x509 -req -in request -days 1 -extfile extensions -CAcreateserial".split(" "),
                ...["-CA", `${testCa}.crt`, "-CAkey", `${testCa}.key`, "-out", `${name}.crt`],
            );
        }

        const read = (name: string, ca: string, ...between: string[]) => {
            const chain = [name, ...between].map((each) => readFileSync(path(`${each}.crt`)));
            writeFileSync(path("chain.crt"), Buffer.concat(chain));
            return readBrokerPems(
                {
                    source: "files",
                    certificateFile: path("chain.crt"),
                    keyFile: path(`${name}.key`),
                    caFile: path(`${ca}.crt`),
                },
                { users: [], hosts: [] },
            );
        };

        before(() => {
            const isAuthority = "basicConstraints = critical,CA:TRUE";
            certificate("root", "/CN=root");
            certificate("stranger", "/CN=root");
            signed("middle", "root", isAuthority);
            signed("direct", "root", "extendedKeyUsage = serverAuth,clientAuth");
            signed("indirect", "middle");
            signed("server", "root", "extendedKeyUsage = serverAuth");
        });

        it("reads what the CA has signed, itself or by another one", () => {
            assert.equal(read("direct", "root").subject, "CN=direct");
            assert.equal(read("indirect", "root", "other", "middle").subject, "CN=indirect");
            assert.equal(read("indirect", "middle").subject, "CN=indirect");
        });

        it("refuses what it has not", () => {
            const refused =
                /certificates\.caFile: .*: does not contain the CA that issued .*chain\.crt; clients could not verify/;
            assert.throws(() => read("direct", "other"), refused);
            assert.throws(() => read("direct", "stranger"), refused);
            assert.throws(() => read("indirect", "root"), refused);
        });

        it("refuses what is not for brokers that connect to each other", () => {
            assert.throws(
                () => read("server", "root"),
                /certificates\.certificateFile: .*: expected extended key usages serverAuth and clientAuth, .* missing: clientAuth\. Next: have the CA issue a certificate with them$/,
            );
        });
    });

    it("refuses brokers with the name of a user, who could do everything then", () => {
        const asUser = files({
            certificateFile: path("other.crt"),
            keyFile: path("other.key"),
            caFile: path("other.crt"),
        });
        const user = (type: "tls" | "scram-sha-512") => ({
            users: [{ name: "other", authentication: { type } }],
            hosts: [],
        });
        assert.throws(
            () => readBrokerPems(asUser, user("tls")),
            /certificates\.certificateFile: .*other\.crt: expected a subject of the brokers' own, found CN=other, /,
        );
        assert.equal(readBrokerPems(asUser, user("scram-sha-512")).subject, "CN=other");
    });
});
