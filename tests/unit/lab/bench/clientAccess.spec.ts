import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientProperties } from "../../../../lab/bench/clientAccess";
import { withClientFile } from "../../../../lab/bench/clientFile";

const bootstrap = "kafka-0:9096,kafka-1:9096";

describe("properties of the benchmark's clients", () => {
    it("are the address alone for a listener in plain text", () => {
        assert.deepEqual(clientProperties({ bootstrap }), {
            "bootstrap.servers": bootstrap,
            "security.protocol": "PLAINTEXT",
        });
    });

    it("trust the brokers' CA", () => {
        assert.deepEqual(clientProperties({ bootstrap, tls: { ca: "PEM" } }), {
            "bootstrap.servers": bootstrap,
            "security.protocol": "SSL",
            "ssl.truststore.type": "PEM",
            "ssl.truststore.certificates": "PEM",
        });
    });

    it("have the password as JAAS reads it", () => {
        const properties = clientProperties({
            bootstrap,
            tls: { ca: "PEM" },
            sasl: { username: "bench", password: 'a"b\\c' },
        });
        assert.equal(properties["security.protocol"], "SASL_SSL");
        assert.equal(properties["sasl.mechanism"], "SCRAM-SHA-512");
        assert.equal(
            properties["sasl.jaas.config"],
            "org.apache.kafka.common.security.scram.ScramLoginModule required " +
                'username="bench" password="a\\"b\\\\c";',
        );
    });
});

describe("the file of these properties", () => {
    const directory = mkdtempSync(join(tmpdir(), "kafka-eks-bench-test-"));

    after(() => rmSync(directory, { recursive: true }));

    it("is its owner's only, has certificates on one line, and goes when it was used", async () => {
        const access = { bootstrap, tls: { ca: "line 1\nline 2\n" } };
        const path = await withClientFile(directory, access, (file) => {
            assert.equal(statSync(file).mode & 0o777, 0o600);
            assert.match(
                readFileSync(file, "utf8"),
                /^ssl\.truststore\.certificates=line 1\\u000aline 2\\u000a$/m,
            );
            return Promise.resolve(file);
        });
        assert.equal(existsSync(path), false);
    });

    it("goes when its use fails, too", async () => {
        await assert.rejects(
            withClientFile(directory, { bootstrap }, () => Promise.reject(new Error("no"))),
        );
        assert.deepEqual(readdirSync(directory), []);
    });
});
