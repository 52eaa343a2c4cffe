import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runRender } from "../../../../tools/render/run";
import { isNotApplicable, MASK, needOf } from "../../../../tools/render/secrets";
import { useLightSdk } from "../../../support/lightSdk";

const PASSWORD = "correct-horse-battery";
const SCRAM = { type: "scram-sha-512" };
const ENCRYPTED = { secure: "v1:0123456789" };

const FILE = (password: unknown) =>
    JSON.stringify({
        config: {
            "kafka-eks:platform": "kubeconfig",
            "kafka-eks:kafkaDeploymentType": "statefulset",
            "kafka-eks:certificates": { installCertManager: false },
            "kafka-eks:listeners": [
                { name: "internal", port: 9092, type: "internal", authentication: SCRAM },
            ],
            "kafka-eks:users": [
                { name: "alice", authentication: { ...SCRAM, password } },
                { name: "bob", authentication: SCRAM },
            ],
        },
    });

const openssl = (user: string) =>
    `left out: Secret kafka-user-${user} (password): the password of user ${user}. ` +
    "Make it: openssl rand -hex 24 | tr -d '\\n' | " +
    `kubectl --namespace kafka create secret generic kafka-user-${user} --from-file=password=/dev/stdin`;

describe("Secrets of a rendering", () => {
    useLightSdk();
    let parent: string;
    beforeEach(() => {
        parent = mkdtempSync(join(tmpdir(), "render-"));
    });
    afterEach(() => rmSync(parent, { recursive: true }));

    const render = async (password: unknown, showSecrets: boolean, out = join(parent, "out")) => {
        writeFileSync(join(parent, "Pulumi.dev.yaml"), FILE(password));
        const request = {
            action: "render",
            stack: "dev",
            out,
            config: {},
            showSecrets,
            helm: "commands",
        } as const;
        const printed = await runRender(request, parent);
        const files =
            out === "-"
                ? []
                : readdirSync(out, { recursive: true, encoding: "utf8" }).filter((file) =>
                      file.endsWith(".yaml"),
                  );
        const text = files.map((file) => readFileSync(join(out, file), "utf8")).join("");
        return { ...printed, files, text: text + printed.stdout };
    };

    it("are left out, and how to make each of them is said", async () => {
        for (const out of [undefined, "-"]) {
            const { stderr, text } = await render(PASSWORD, false, out);
            assert.deepEqual(
                stderr.split("\n").filter((line) => line.includes("kafka-user-")),
                [
                    "left out: Secret kafka-user-alice (password): the password of user alice. " +
                        "Make it: kubectl --namespace kafka create secret generic kafka-user-alice --from-file=password=FILE",
                    openssl("bob"),
                    openssl("kafka-eks-health-scram"),
                ],
            );
            assert.match(text, /kind: Job/);
            assert.doesNotMatch(text, /kind: Secret/);
            assert.doesNotMatch(
                text + stderr,
                new RegExp(`${PASSWORD}|${Buffer.from(PASSWORD).toString("base64")}|${MASK}`),
            );
        }
    });

    it("are written where that is asked for, but for those that another rendering would change", async () => {
        const { stderr, text } = await render(PASSWORD, true);
        assert.match(
            text,
            new RegExp(
                `name: kafka-user-alice\n[^]*password: ${Buffer.from(PASSWORD).toString("base64")}\n`,
            ),
        );
        assert.equal(text.match(/kind: Secret/g)?.length, 1);
        assert.ok(stderr.includes(openssl("bob")));
        assert.doesNotMatch(stderr, /kafka-user-alice/);
    });

    it("need not be known where they are not written; a sync sees when they change", async () => {
        const jobOf = async (password: unknown) => {
            const { text } = await render(password, false);
            assert.ok(!text.includes(MASK));
            return /SYNCED_JOBS: (.+)/.exec(text)?.[1];
        };
        const first = await jobOf(ENCRYPTED);
        assert.equal(await jobOf(ENCRYPTED), first);
        assert.notEqual(await jobOf({ secure: "v1:9876543210" }), first);
        await assert.rejects(render(ENCRYPTED, true), /is encrypted/);
    });
});

describe("isNotApplicable", () => {
    const secret = (values: object, annotations = {}) => ({
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name: "s", annotations },
        ...values,
    });

    it("finds masks and what is generated, in Secrets only", () => {
        const generated = { "kafka-eks/generated": "true" };
        assert.equal(isNotApplicable(secret({ stringData: { a: "x" } })), false);
        assert.equal(isNotApplicable(secret({ stringData: { a: "x", b: MASK } })), true);
        assert.equal(isNotApplicable(secret({ data: { a: MASK } })), true);
        assert.equal(isNotApplicable(secret({ stringData: { a: "x" } }, generated)), true);
        assert.equal(isNotApplicable({ ...secret({}, generated), kind: "ConfigMap" }), false);
    });

    it("says how to make a Secret of several values", () => {
        assert.equal(
            needOf({
                ...secret({ stringData: { "tls.crt": MASK, "tls.key": MASK } }),
                metadata: { name: "kafka-brokers-tls" },
            }),
            "Secret kafka-brokers-tls (tls.crt, tls.key): the brokers' certificate, its key, and the CA that clients trust. " +
                "Make it: kubectl create secret generic kafka-brokers-tls --from-file=tls.crt=FILE --from-file=tls.key=FILE",
        );
    });
});
