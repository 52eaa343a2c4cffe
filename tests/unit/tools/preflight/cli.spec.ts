import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError } from "../../../../config";
import { UsageError } from "../../../../tools/cli/errors";
import { StackFileError } from "../../../../tools/cli/stackFile";
import { KubernetesAccessError } from "../../../../tools/client/errors";
import type { Finding } from "../../../../tools/preflight/finding";
import { parsePreflightOptions } from "../../../../tools/preflight/options";
import { runPreflight } from "../../../../tools/preflight/run";
import { type Answers, ApiServer } from "./apiServer";
import { GOOD_CLUSTER } from "./goodCluster";
import { useLightSdk } from "../../../support/lightSdk";

/** A directory with a stack's file. */
const STACK_FILE = `config:
    kafka-eks:platform: kubeconfig
    kafka-eks:kubeconfig: kube.json
    kafka-eks:kafka:
        replicas: 1
    kafka-eks:strimzi:
        dualRole: true
`;

const CLOUD_FILE = `config:
    aws:region: eu-west-1
    kafka-eks:platform: eks
    kafka-eks:listeners: [{ name: internal, port: 9092, type: internal }]
`;

describe("npm run preflight", () => {
    useLightSdk();
    let directory: string;
    let server: ApiServer | undefined;
    beforeEach(() => {
        directory = mkdtempSync(join(tmpdir(), "preflight-"));
        writeFileSync(join(directory, "Pulumi.small.yaml"), STACK_FILE);
    });
    afterEach(async () => {
        rmSync(directory, { recursive: true });
        await server?.stop();
        server = undefined;
    });

    async function serve(answers: Answers): Promise<void> {
        server = new ApiServer(answers);
        writeKubeconfig(await server.start());
    }

    function writeKubeconfig(kubeconfig: object): void {
        writeFileSync(join(directory, "kube.json"), JSON.stringify(kubeconfig));
    }

    function run(...args: string[]) {
        return runFor("small", ...args);
    }

    function runFor(stack: string, ...args: string[]) {
        const request = parsePreflightOptions(["--stack", stack, ...args]);
        assert.ok(request.action === "check");
        return runPreflight(request, directory);
    }

    async function findings(...args: string[]): Promise<{ ready: boolean; findings: Finding[] }> {
        const { stdout } = await run("--json", ...args);
        return JSON.parse(stdout) as { ready: boolean; findings: Finding[] };
    }

    it("needs a stack, and takes every option", () => {
        assert.throws(() => parsePreflightOptions([]), UsageError);
        assert.deepEqual(
            parsePreflightOptions(
                "--stack a --context b --kubeconfig c --config namespace=d --json".split(" "),
            ),
            {
                action: "check",
                stack: "a",
                context: "b",
                kubeconfig: "c",
                config: { "kafka-eks:namespace": "d" },
                json: true,
            },
        );
    });

    it("ends with 0 on a cluster that takes the stack, in one table", async () => {
        await serve(GOOD_CLUSTER);
        const { stdout, exit } = await run();
        assert.equal(exit, 0, stdout);
        assert.match(stdout, /│ versions +│ Kubernetes +│ ok +│ v1\.35\.2 +│/);
        assert.match(stdout, /│ capacity +│ nodes +│ ok +│/);
        assert.match(stdout, /\n\nthe cluster can take this stack: \d+ checks are fine\n$/);
    });

    it("only reads, but for questions about permissions", async () => {
        await serve(GOOD_CLUSTER);
        await run();
        const others = server!.asked.filter((each) => !each.startsWith("GET "));
        const reviews = "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
        assert.deepEqual([...new Set(others)], [reviews]);
    });

    it("ends with 3 where something fails, and says what to do next", async () => {
        await serve({
            ...GOOD_CLUSTER,
            "/version": { gitVersion: "v1.29.4" },
            "/api/v1/pods": 'pods is forbidden: User "ci" cannot list resource "pods"',
        });
        const { stdout, exit } = await run();
        assert.equal(exit, 3);
        assert.match(stdout, /│ Kubernetes +│ FAILS +│ expected 1\.30 or newer/);
        assert.match(
            stdout,
            /│ running pods +│ not known +│ what they take of the nodes: Kubernetes answered 403: pods is +│/,
        );
        assert.match(stdout, /\n {2}next for Kubernetes: upgrade the Kubernetes cluster\n/);
        assert.match(stdout, /can't take this stack: 1 of \d+ checks fail, 1 not known\n$/);
    });

    it("prints one document for machines", async () => {
        await serve({ ...GOOD_CLUSTER, "/version": { gitVersion: "v1.29.4" } });
        const { ready, findings: found } = await findings();
        assert.equal(ready, false);
        assert.deepEqual(found[0], {
            area: "versions",
            key: "Kubernetes",
            outcome: "fails",
            found: "expected 1.30 or newer, which Strimzi 1.2.0 needs, got 1.29",
            next: "upgrade the Kubernetes cluster",
        });
    });

    it("takes nothing that is forbidden for a failure", async () => {
        const answers = Object.keys(GOOD_CLUSTER).map((path) => [path, `${path} is forbidden`]);
        await serve(Object.fromEntries(answers) as Answers);
        const { ready, findings: found } = await findings();
        assert.equal(ready, true);
        assert.deepEqual(
            found.filter(({ outcome }) => outcome === "fails"),
            [],
        );
        assert.ok(found.some(({ outcome }) => outcome === "unknown"));
    });

    it("asks a kubelet for the domain of the cluster where CoreDNS does not tell it", async () => {
        const { "/api/v1/namespaces/kube-system/configmaps/coredns": _, ...others } = GOOD_CLUSTER;
        await serve({
            ...others,
            "/api/v1/nodes/node-a/proxy/configz": { kubeletconfig: { clusterDomain: "k.local" } },
        });
        const { findings: found } = await findings();
        assert.equal(
            found.find(({ key }) => key === "clusterDomain")?.found,
            "expected k.local, which the cluster has, got cluster.local",
        );
    });

    it("reads limits and quotas as the API has them", async () => {
        const limits = [{ type: "Container", default: { cpu: "2", memory: "4Gi" } }];
        const hard = { "limits.cpu": "4", pods: "1" };
        await serve({
            ...GOOD_CLUSTER,
            "/api/v1/namespaces/kafka/limitranges": {
                items: [{ metadata: { name: "limits" }, spec: { limits } }],
            },
            "/api/v1/namespaces/kafka/resourcequotas": {
                items: [{ metadata: { name: "team" }, spec: { hard }, status: { hard, used: {} } }],
            },
        });
        const { findings: found } = await findings();
        assert.deepEqual(
            found.filter(({ area }) => area === "quotas").map(({ key, outcome }) => [key, outcome]),
            [
                // Only with the default limit of the range there is anything to count.
                ["ResourceQuota team: limits.cpu", "fails"],
                ["ResourceQuota team: pods", "fails"],
                ["LimitRange limits", "warning"],
            ],
        );
    });

    it("takes another context than the stack's, and the stack's otherwise", async () => {
        await serve(GOOD_CLUSTER);
        await assert.rejects(run("--context", "other"), /no context "other" \(it has: test\)/);
        await assert.rejects(run("--config", "kubeContext=mine"), /no context "mine"/);
        const { exit } = await run("--config", "kubeContext=mine", "--context", "test");
        assert.equal(exit, 0);
    });

    it("says in one sentence that nobody answers", async () => {
        const gone = new ApiServer({});
        const kubeconfig = await gone.start();
        await gone.stop();
        writeKubeconfig(kubeconfig);
        await assert.rejects(run(), (error) => {
            assert.ok(error instanceof KubernetesAccessError);
            assert.match(
                error.message,
                /^cannot talk to the Kubernetes API server http:\/\/127\.0\.0\.1:\d+: connection refused/,
            );
            return true;
        });
    });

    it("refuses a stack that makes its own cluster, that is not there, or is wrong", async () => {
        writeFileSync(join(directory, "Pulumi.cloud.yaml"), CLOUD_FILE);
        await assert.rejects(
            runFor("cloud"),
            /^UsageError: stack cloud makes its own cluster: expected platform "kubeconfig", got "eks"/,
        );
        await assert.rejects(runFor("smal"), StackFileError);
        await assert.rejects(run("--config", "kafka.replicas=0"), ConfigError);
    });
});
