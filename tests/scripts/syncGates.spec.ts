import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readScript } from "../../components/statefulset/scripts";

const NONE = '{"count":0,"examples":[]}';
const WHOLE = {
    clusterId: '"abc"',
    reassigning: "0",
    controller: "1",
    brokers: "[0,1,2,3]",
    silent: "[]",
    topics: "2",
    partitions: "9",
    underReplicated: '{"count":0,"examples":[],"missing":[]}',
    offline: NONE,
    atRisk: NONE,
    noRoom: NONE,
    single: NONE,
    replicasFrom: '{"count":0,"examples":[],"brokers":[]}',
};

type Facts = Partial<typeof WHOLE> & { readonly fewerThan?: string };

/** What Kafka answers: facts as `KafkaFacts` writes them, or a sentence of its own. */
type KafkaAnswer = Facts | string;

/** Without a namespace of Linux: the gate reads no file but its variables. */
describe("gates of a sync", () => {
    let bin: string;
    before(() => {
        bin = mkdtempSync(join(tmpdir(), "sync-gate-"));
    });
    after(() => rmSync(bin, { recursive: true }));

    const run = (script: string, env: Readonly<Record<string, string>>) => {
        const { status, stdout, stderr } = spawnSync("bash", ["-c", script], {
            encoding: "utf8",
            // With a socket there, bash would take itself for a login and read the user's own files.
            stdio: ["ignore", "pipe", "pipe"],
            env: { PATH: `${bin}:${process.env.PATH}`, ...env },
        });
        return { status, said: (status === 0 ? stdout : stderr).trim() };
    };

    describe("kafka-gate.sh", () => {
        const script = ["admin/admin-class.sh", "sync/kafka-gate.sh"].map(readScript).join("\n");
        const SYNCED = {
            SYNCED_BROKERS: "4",
            SYNCED_MIN_ISR: "2",
            SYNCED_PODS: "old",
            SYNCED_MEMBER_PODS: "old",
        };

        const gate = (answer: KafkaAnswer, env: Readonly<Record<string, string>> = {}) => {
            const facts = Object.entries({ ...WHOLE, ...(answer as Facts) })
                .map(([key, value]) => `"${key}":${value}`)
                .join();
            const says =
                typeof answer === "string"
                    ? `echo '${answer}' >&2; exit 1`
                    : `echo a warning of the image; echo '{${facts}}'`;
            const program = join(bin, "kafka-run-class");
            const asks = `echo "$1 $2 \${*:4}" >"${bin}/asked"`;
            writeFileSync(program, `#!/usr/bin/env bash\n${asks}\n${says}\n`);
            chmodSync(program, 0o755);
            return run(script, {
                BOOTSTRAP: "kafka-headless:9091",
                KNOWN_NAME: "localhost",
                BROKERS: "4",
                MIN_ISR: "2",
                PODS: "old",
                MEMBER_PODS: "old",
                RESTART_WHILE_DEGRADED: "false",
                WAIT_SECONDS: "0",
                ...env,
            });
        };
        const asked = () => readFileSync(join(bin, "asked"), "utf8").trim();
        const refused = (outcome: ReturnType<typeof gate>, sentence: RegExp) => {
            assert.equal(outcome.status, 1, outcome.said);
            assert.match(outcome.said, sentence);
        };
        const passed = (outcome: ReturnType<typeof gate>, sentence: RegExp) => {
            assert.equal(outcome.status, 0, outcome.said);
            assert.match(outcome.said, sentence);
        };
        const NO_ANSWER =
            "Expected Kafka to answer at kafka-headless:9091 within 20 s, got no answer.";
        const HELD = { replicasFrom: '{"count":7,"examples":["orders-1","a.b-0"],"brokers":[3]}' };
        const BEHIND = { underReplicated: '{"count":1,"examples":["orders-1"],"missing":[2]}' };

        it("lets a first deployment pass, where Kafka does not answer", () =>
            passed(gate(NO_ANSWER), /: a first deployment\.$/));

        it("refuses to remove brokers that hold replicas, whoever deployed them", () => {
            for (const synced of [SYNCED, {}]) {
                refused(
                    gate(HELD, { ...synced, BROKERS: "3", RESTART_WHILE_DEGRADED: "true" }),
                    /^kafka\.replicas: expected no replicas on brokers that are to go, got 7 partitions \(orders-1, a\.b-0\) on broker 3 or higher\. No broker was changed\. Next: move them/,
                );
            }
        });

        it("asks of the brokers that are to go, and lets empty ones go", () => {
            passed(gate({}, { ...SYNCED, BROKERS: "3" }), /^No server restarts/);
            assert.equal(asked(), "KafkaFacts kafka-headless:9091 --from 3");
            gate({}, { ...SYNCED, MIN_ISR: "3" });
            assert.equal(asked(), "KafkaFacts kafka-headless:9091 --from 4 --min-isr 3");
        });

        it("refuses to remove brokers where nobody says what they hold", () => {
            for (const why of [NO_ANSWER, "got: No resolvable bootstrap urls"]) {
                const env = { ...SYNCED, BROKERS: "3", RESTART_WHILE_DEGRADED: "true" };
                refused(
                    gate(why, env),
                    /^kafka\.replicas: expected 4 or more as long as Kafka does not answer, got 3\. .*\. No broker was changed\. Next: npm run health says more$/,
                );
            }
        });

        it("refuses a min ISR over topics without the replicas for it", () => {
            const small = {
                fewerThan:
                    '{"count":2,"examples":[{"topic":"a","replicas":1},{"topic":"b","replicas":2}]}',
            };
            const env = { ...SYNCED, SYNCED_MIN_ISR: "1" };
            refused(
                gate(small, env),
                /expected topics of more than 2 replicas, got 2 topics of no more \(a of 1, b of 2\)\..*set it back to 1$/,
            );
            passed(gate({ fewerThan: NONE }, env), /^No server restarts/);
            refused(
                gate(NO_ANSWER, env),
                /^kafka\.config\["min\.insync\.replicas"\]: expected 1 or less as long as Kafka does not answer, got 2\./,
            );
        });

        it("refuses restarts while Kafka is not whole, and says in what", () => {
            for (const [facts, sentence] of [
                [{ controller: "null" }, /controller that answers/],
                [{ brokers: "[0,1,3]" }, /got all but broker 2/],
                [{ silent: "[1,2]" }, /no answer from broker 1 2/],
                [BEHIND, /1 partitions with missing ones \(orders-1\)/],
                [{ offline: '{"count":1,"examples":["b-0"]}' }, /without one \(b-0\)/],
                [{ noRoom: '{"count":1,"examples":["b"]}' }, /any restart stops \(b\)/],
            ] as [Facts, RegExp][]) {
                refused(gate(facts, { ...SYNCED, PODS: "new" }), sentence);
                passed(gate(facts, SYNCED), /^No server restarts/);
                passed(
                    gate(facts, { ...SYNCED, PODS: "new", RESTART_WHILE_DEGRADED: "true" }),
                    sentence,
                );
            }
            passed(gate({}, { ...SYNCED, PODS: "new" }), /^Servers may restart\.$/);
        });

        it("refuses restarts of ZooKeeper as well, but not for topics that only a broker stops", () => {
            const env = { ...SYNCED, MEMBER_PODS: "new" };
            refused(gate(BEHIND, env), /1 partitions with missing ones/);
            passed(gate({ noRoom: '{"count":1,"examples":["b"]}' }, env), /^Servers may restart/);
        });

        it("refuses restarts where Kafka does not answer, but for those of no pods", () => {
            const env = { ...SYNCED, PODS: "new" };
            refused(gate(NO_ANSWER, env), /got no answer\. No broker was changed\./);
            passed(gate("got: No resolvable bootstrap urls", env), /goes on all the same/);
            passed(gate(NO_ANSWER, SYNCED), /goes on all the same/);
            passed(gate(NO_ANSWER, { ...env, RESTART_WHILE_DEGRADED: "true" }), /goes on/);
        });

        it("refuses restarts where no name has an address, but lets a first deployment pass", () => {
            const unknown = "got: No resolvable bootstrap urls";
            const dns = { KNOWN_NAME: "no-such-name.invalid" };
            const env = { ...SYNCED, ...dns };
            refused(
                gate(unknown, { ...env, PODS: "new" }),
                /^kafka: Expected the cluster's DNS to know no-such-name\.invalid, got no address\. No broker was changed\. Next: npm run health says more; restartWhileDegraded/,
            );
            refused(gate(unknown, { ...env, MEMBER_PODS: "new" }), /^kafka: Expected the cluster/);
            refused(
                gate(unknown, { ...env, BROKERS: "3" }),
                /^kafka\.replicas: expected 4 or more .*, got 3\. Expected the cluster's DNS/,
            );
            passed(gate(unknown, env), /goes on all the same/);
            passed(gate(unknown, dns), /: a first deployment\.$/);
        });

        it("refuses what it can't read", () => {
            refused(gate({ replicasFrom: "17" }, SYNCED), /expected a count of replicasFrom, got/);
            const restart = { ...SYNCED, PODS: "new" };
            refused(gate({ silent: "17" }, restart), /expected a list of silent, got/);
        });
    });

    describe("zookeeper-gate.sh", () => {
        const SYNCED = { SYNCED_MEMBERS: "3", SYNCED_MEMBER_PODS: "old" };
        const gate = (env: Readonly<Record<string, string>>, check = "echo asked") =>
            run(`${readScript("sync/zookeeper-gate.sh")}\n${check}`, {
                MEMBERS: "3",
                PODS: "old",
                RESTART_WHILE_DEGRADED: "false",
                ...env,
            });

        it("asks only where members restart", () => {
            assert.match(gate({}).said, /a first deployment\.$/);
            assert.match(gate(SYNCED).said, /^No member restarts/);
            assert.deepEqual(gate({ ...SYNCED, PODS: "new" }), { status: 0, said: "asked" });
        });

        it("refuses another number of members", () => {
            const { status, said } = gate({ ...SYNCED, MEMBERS: "5" });
            assert.equal(status, 1);
            assert.match(said, /^zookeeper\.replicas: expected 3, .* Next: set it back to 3$/);
        });

        it("is overruled in what costs no data", () => {
            const env = { ...SYNCED, PODS: "new" };
            const overruled = { ...env, RESTART_WHILE_DEGRADED: "true" };
            assert.equal(gate(env, "exit 1").status, 1);
            assert.equal(gate(overruled, "exit 1").status, 0);
            assert.equal(gate(overruled, "exit 2").status, 2);
        });
    });
});
