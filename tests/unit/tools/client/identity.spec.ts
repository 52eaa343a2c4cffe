import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../../../tools/cli/errors";
import { readIdentity } from "../../../../tools/client/identity";
import { Authority } from "../../../support/certificates";

describe("readIdentity", () => {
    const directory = mkdtempSync(join(tmpdir(), "kafka-eks-identity-"));
    const testCa = new Authority("ca");
    const bob = testCa.issue({ commonName: "bob" });
    const other = testCa.issue({ commonName: "other" });
    const files = {
        "ca.crt": testCa.cert,
        "bob.crt": bob.cert,
        "bob.key": bob.key,
        "other.key": other.key,
        "broken.crt": "-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n",
        "broken.key": "-----BEGIN PRIVATE KEY-----\nbm9uZQ==\n-----END PRIVATE KEY-----\n",
        "encrypted.key": createPrivateKey(bob.key).export({
            type: "pkcs8",
            format: "pem",
            cipher: "aes-256-cbc",
            passphrase: "x",
        }),
        "text.txt": "a text\n",
        "empty.txt": "",
        "password.txt": "from the file\n",
    };
    const path = (name: string) => join(directory, name);

    before(() => {
        Object.entries(files).forEach(([name, text]) => writeFileSync(path(name), text));
    });

    after(() => {
        testCa.delete();
        rmSync(directory, { recursive: true, force: true });
    });

    it("is none without options, whatever password there is", () => {
        assert.deepEqual(readIdentity({}, { KAFKA_PASSWORD: "x" }), {});
    });

    it("is TLS alone, TLS with a CA, and TLS with a certificate", () => {
        assert.deepEqual(readIdentity({ tls: true }, {}), { tls: {} });
        assert.deepEqual(readIdentity({ ca: path("ca.crt") }, {}), { tls: { ca: testCa.cert } });
        assert.deepEqual(readIdentity({ cert: path("bob.crt"), key: path("bob.key") }, {}), {
            tls: { cert: bob.cert, key: bob.key },
        });
    });

    it("is a user with the password of the environment, or of a file without its last line end", () => {
        const env = { KAFKA_PASSWORD: "from env" };
        assert.deepEqual(readIdentity({ sasl: "a" }, env), {
            sasl: { username: "a", password: "from env" },
        });
        assert.deepEqual(readIdentity({ sasl: "a", passwordFile: path("password.txt") }, env), {
            sasl: { username: "a", password: "from the file" },
        });
    });

    for (const [what, source, message] of [
        ["a missing file", { ca: "none" }, "cannot read --ca DIR/none: there is no such file"],
        ["a directory", { ca: "." }, "cannot read --ca DIR/.: it is a directory"],
        [
            "a key in place of a certificate",
            { ca: "bob.key" },
            "--ca DIR/bob.key is wrong: expected a certificate (-----BEGIN CERTIFICATE-----), found -----BEGIN PRIVATE KEY-----",
        ],
        [
            "a text in place of a certificate",
            { ca: "text.txt" },
            "--ca DIR/text.txt is wrong: expected a certificate (-----BEGIN CERTIFICATE-----), found no PEM",
        ],
        [
            "an empty file",
            { ca: "empty.txt" },
            "--ca DIR/empty.txt is wrong: expected a certificate (-----BEGIN CERTIFICATE-----), found an empty file",
        ],
        [
            "a broken certificate",
            { ca: "broken.crt" },
            "--ca DIR/broken.crt is wrong: its certificate can't be read",
        ],
        [
            "a certificate in place of a key",
            { cert: "bob.crt", key: "bob.crt" },
            "--key DIR/bob.crt is wrong: expected a private key (-----BEGIN PRIVATE KEY-----), found -----BEGIN CERTIFICATE-----",
        ],
        [
            "a broken key",
            { cert: "bob.crt", key: "broken.key" },
            "--key DIR/broken.key is wrong: its private key can't be read",
        ],
        [
            "an encrypted key",
            { cert: "bob.crt", key: "encrypted.key" },
            "--key DIR/encrypted.key is wrong: its private key is encrypted; expected one without a password",
        ],
        [
            "the key of another certificate",
            { cert: "bob.crt", key: "other.key" },
            "the private key in DIR/other.key does not belong to the certificate in DIR/bob.crt",
        ],
        [
            "a certificate without its key",
            { cert: "bob.crt" },
            "--cert without --key: a client certificate needs both",
        ],
        [
            "a key without its certificate",
            { key: "bob.key" },
            "--key without --cert: a client certificate needs both",
        ],
    ] as const) {
        it(`refuses ${what}`, () => {
            const full = Object.fromEntries(
                Object.entries(source).map(([option, file]) => [option, `${directory}/${file}`]),
            );
            assertRefused(full, message.replaceAll("DIR", directory));
        });
    }

    it("refuses a user without a password, and a password without a user", () => {
        assertRefused({ sasl: "a" }, "no password for user a: KAFKA_PASSWORD is not set");
        assertRefused(
            { sasl: "a", passwordFile: path("empty.txt") },
            `no password for user a: the file ${path("empty.txt")} is empty`,
        );
        assertRefused(
            { passwordFile: path("password.txt") },
            "--password-file without --sasl: whose password is it?",
        );
    });

    function assertRefused(source: object, message: string): void {
        assert.throws(
            () => readIdentity(source, {}),
            (error) => error instanceof UsageError && error.message === message,
        );
    }
});
