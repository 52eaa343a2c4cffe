import assert from "node:assert/strict";
import type { KubernetesObject } from "@kubernetes/client-node";
import { DemoError } from "../../../../lab/demo/errors";
import type { KubectlOptions } from "../../../../lab/demo/kubectl";
import { kubectlEngine } from "../../../../lab/demo/kubectlEngine";

const LABELS = { "app.kubernetes.io/part-of": "kafka-eks" };
const OURS = [{ manager: "kafka-eks" }];

function object(kind: string, name: string, more: object = {}): KubernetesObject {
    return {
        apiVersion: "v1",
        kind,
        metadata: { name, namespace: "kafka", labels: LABELS, managedFields: OURS },
        ...more,
    };
}

function annotated(kind: string, name: string, annotations: Record<string, string>) {
    const plain = object(kind, name);
    return { ...plain, metadata: { ...plain.metadata, annotations } };
}

const key = ({ kind, metadata }: KubernetesObject) => `${kind}/${metadata?.name}`;
const condition = (type: string) => ({ status: { conditions: [{ type, status: "True" }] } });

/** The plural names by which kubectl lists a kind. */
const kindOf: Readonly<Record<string, string>> = {
    "statefulsets.apps": "StatefulSet",
    "jobs.batch": "Job",
    "issuers.cert-manager.io": "Issuer",
    services: "Service",
    secrets: "Secret",
};

/** A kubectl and its cluster in memory; writes down what changes and what is waited for. */
class FakeKubectl {
    readonly log: string[] = [];
    readonly objects = new Map<string, KubernetesObject>();
    readonly reports: string[] = [];
    /** Jobs that fail, by key, and the end of their logs. */
    readonly failing = new Map<string, string>();
    /** Waits that nobody waits for any more. */
    ended = 0;
    hasCertManager = true;

    constructor(...objects: KubernetesObject[]) {
        objects.forEach((each) => this.objects.set(key(each), each));
    }

    run = async (args: readonly string[], options: KubectlOptions = {}): Promise<string> => {
        const given = options.input
            ? (JSON.parse(options.input) as { items: KubernetesObject[] }).items
            : [];
        switch (args[0] ?? "") {
            case "get":
                return this.get(args, given);
            case "apply":
                given.forEach((each) => this.apply(each, args.includes("--force-conflicts")));
                return "";
            case "delete":
                this.log.push(`delete ${given.map(key).join()}`);
                assert.ok(args.includes("--cascade=foreground"));
                given.forEach((each) => this.objects.delete(key(each)));
                return "";
            case "rollout":
                this.log.push(`rollout ${args.at(-2)}`);
                options.onLine?.("Waiting for 3 pods to be ready...");
                return "";
            case "wait":
                return this.wait(args, options);
            case "logs":
                return this.failing.get(args.find((each) => each.startsWith("Job/"))!)!;
            default:
                throw new Error(`kubectl ${args.join(" ")}`);
        }
    };

    deploy(...objects: KubernetesObject[]): Promise<void> {
        return this.engine(objects).deploy((line) => this.reports.push(line));
    }

    destroy(): Promise<void> {
        return this.engine([]).destroy((line) => this.reports.push(line));
    }

    private engine(objects: KubernetesObject[]) {
        return kubectlEngine({
            kubectl: this.run,
            namespace: "kafka",
            render: () => Promise.resolve(objects),
        });
    }

    private get(args: readonly string[], given: readonly KubernetesObject[]): string {
        if (args[1] === "crds") {
            return this.hasCertManager ? "crd/issuers.cert-manager.io\n" : "";
        }
        if (args.some((arg) => arg.startsWith("--output=jsonpath"))) {
            return "no luck";
        }
        assert.ok(args.includes("--ignore-not-found"));
        const kinds = args[1] === "-f" ? [] : args[1]!.split(",");
        assert.ok(kinds.every((kind) => this.hasCertManager || !kind.includes("cert-manager")));
        const live = [...this.objects.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
        const found = [
            ...live.filter((each) => given.some((wanted) => key(wanted) === key(each))),
            ...kinds.flatMap((kind) => live.filter((each) => each.kind === kindOf[kind])),
        ];
        // As kubectl prints nothing, one object, and more of them.
        return found.length === 0
            ? ""
            : JSON.stringify(found.length === 1 ? found[0] : { kind: "List", items: found });
    }

    private apply(wanted: KubernetesObject, force: boolean): void {
        this.log.push(`apply ${key(wanted)}${force ? " by force" : ""}`);
        this.objects.set(key(wanted), wanted);
    }

    private wait(args: readonly string[], { signal }: KubectlOptions): Promise<string> {
        const [, waitFor = ""] = args;
        const target = args.at(-2)!;
        const outcome = target.startsWith("Job/")
            ? `--for=condition=${this.failing.has(target) ? "Failed" : "Complete"}`
            : waitFor;
        if (waitFor === outcome) {
            this.log.push(`wait ${target} ${waitFor}`);
            return Promise.resolve("");
        }
        return new Promise((_, reject) => {
            signal?.addEventListener("abort", () => {
                this.ended++;
                reject(new Error("ended"));
            });
        });
    }
}

const ARGO = "argocd.argoproj.io";
const gate = (name: string) =>
    annotated("Job", name, {
        [`${ARGO}/hook`]: "PreSync",
        [`${ARGO}/hook-delete-policy`]: "BeforeHookCreation",
    });
const inWave = (wave: number, kind: string, name: string) =>
    annotated(kind, name, { [`${ARGO}/sync-wave`]: String(wave) });

describe("kubectlEngine", () => {
    it("applies wave by wave; what an earlier deployment left is taken back by force", async () => {
        const kubectl = new FakeKubectl();
        await kubectl.deploy(
            inWave(3, "Job", "topics"),
            inWave(2, "StatefulSet", "kafka"),
            inWave(2, "PersistentVolumeClaim", "data-kafka-0"),
            inWave(1, "StatefulSet", "zookeeper"),
            object("ConfigMap", "a"),
            gate("check"),
            { ...object("Namespace", "kafka"), metadata: { name: "kafka" } },
        );
        assert.deepEqual(kubectl.log, [
            "apply Namespace/kafka by force",
            "apply Job/check",
            "wait Job/check --for=condition=Complete",
            "apply ConfigMap/a",
            "apply StatefulSet/zookeeper",
            "rollout StatefulSet/zookeeper",
            "apply PersistentVolumeClaim/data-kafka-0 by force",
            "apply StatefulSet/kafka",
            "wait PersistentVolumeClaim/data-kafka-0 --for=jsonpath={.status.phase}=Bound",
            "rollout StatefulSet/kafka",
            "apply Job/topics",
            "wait Job/topics --for=condition=Complete",
        ]);
    });

    it("applies and deletes nothing behind a gate that fails, and says why it did", async () => {
        const kubectl = new FakeKubectl(object("Service", "old"));
        kubectl.failing.set("Job/check", "found only: 1.\nbring them back\n");
        await assert.rejects(
            kubectl.deploy(object("ConfigMap", "after"), gate("check")),
            (error) =>
                error instanceof DemoError &&
                error.message ===
                    "Job/check failed: no luck; its log ends with: found only: 1. / bring them back" &&
                error.next === "look at it with kubectl describe --namespace kafka Job/check",
        );
        assert.deepEqual(kubectl.log, ["apply Job/check", "wait Job/check --for=condition=Failed"]);
        assert.equal(kubectl.ended, 1, "the wait for its completion goes on");
    });

    it("asks a gate anew in each sync", async () => {
        const kubectl = new FakeKubectl({ ...gate("check"), ...condition("Complete") });
        await kubectl.deploy(gate("check"));
        assert.deepEqual(kubectl.log, [
            "delete Job/check",
            "apply Job/check",
            "wait Job/check --for=condition=Complete",
        ]);
    });

    it("waits for what others need before what comes after it, and tells for what", async () => {
        const kubectl = new FakeKubectl();
        await kubectl.deploy(
            object("Certificate", "tls"),
            inWave(1, "StatefulSet", "zookeeper"),
            inWave(2, "ConfigMap", "a"),
        );
        assert.deepEqual(kubectl.log, [
            "apply Certificate/tls",
            "wait Certificate/tls --for=condition=Ready",
            "apply StatefulSet/zookeeper",
            "rollout StatefulSet/zookeeper",
            "apply ConfigMap/a",
        ]);
        assert.deepEqual(kubectl.reports, [
            "Certificate tls: waiting for condition=Ready",
            "StatefulSet zookeeper: Waiting for 3 pods to be ready...",
        ]);
    });

    it("creates what was generated where there is none, and leaves what is there", async () => {
        const secret = annotated("Secret", "generated", { "kafka-eks/generated": "true" });
        const given = object("Secret", "given");
        const kubectl = new FakeKubectl();
        await kubectl.deploy(secret, given);
        await kubectl.deploy(secret, given);
        assert.deepEqual(kubectl.log, [
            "apply Secret/generated",
            "apply Secret/given",
            "apply Secret/given",
        ]);
    });

    it("deletes what is not wanted any more, and nothing else's", async () => {
        const foreign = object("Service", "foreign");
        const kubectl = new FakeKubectl(object("Service", "old"), object("Service", "a"), {
            ...foreign,
            metadata: { ...foreign.metadata, managedFields: [{ manager: "pulumi-kubernetes-1" }] },
        });
        await kubectl.deploy(object("Service", "a"));
        assert.deepEqual(kubectl.log, ["apply Service/a", "delete Service/old"]);
    });

    it("keeps what is not to be pruned, and what is not to be deleted", async () => {
        const option = { [`${ARGO}/sync-options`]: "Prune=false,Delete=false" };
        const kubectl = new FakeKubectl(
            annotated("Service", "kept", option),
            object("Service", "old"),
        );
        await kubectl.deploy();
        assert.deepEqual(kubectl.log, ["delete Service/old"]);
        await kubectl.destroy();
        assert.deepEqual(kubectl.log, ["delete Service/old"]);
    });

    it("takes brokers away before ZooKeeper, then the rest, and keeps the data", async () => {
        const kubectl = new FakeKubectl(
            object("Namespace", "kafka"),
            object("Secret", "kafka-user-alice"),
            object("Issuer", "CA"),
            object("Service", "a"),
            object("PersistentVolumeClaim", "data-kafka-0"),
            object("StatefulSet", "zookeeper"),
            object("StatefulSet", "kafka"),
        );
        await kubectl.destroy();
        assert.deepEqual(kubectl.log, [
            "delete StatefulSet/kafka",
            "delete StatefulSet/zookeeper",
            "delete Service/a,Issuer/CA,Secret/kafka-user-alice",
        ]);
        assert.deepEqual(kubectl.reports.slice(0, 1), ["StatefulSet kafka: being deleted"]);
    });

    it("takes Kafka away from a cluster that does not know certificates", async () => {
        const kubectl = new FakeKubectl(object("StatefulSet", "kafka"));
        kubectl.hasCertManager = false;
        await kubectl.destroy();
        assert.deepEqual(kubectl.log, ["delete StatefulSet/kafka"]);
    });
});
