import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { ConfigError } from "../../../../config";
import { REPOSITORY } from "../../../../tools/cli/repository";
import { runRender } from "../../../../tools/render/run";
import { useLightSdk } from "../../../support/lightSdk";

function readYaml(file: string): unknown {
    return parse(readFileSync(file, "utf8"));
}

/** What a directory's file for kustomize names. */
function resourcesOf(directory: string): string[] {
    const { resources } = readYaml(join(directory, "kustomization.yaml")) as {
        resources: string[];
    };
    return resources;
}

describe("runRender", () => {
    useLightSdk();
    let parent: string;
    beforeEach(() => {
        parent = mkdtempSync(join(tmpdir(), "render-"));
        // All of its values are given.
        writeFileSync(join(parent, "Pulumi.given.yaml"), "config: {}\n");
        writeFileSync(
            join(parent, "Pulumi.dev.yaml"),
            [
                "config:",
                "  kafka-eks:platform: kubeconfig",
                "  kafka-eks:kafkaDeploymentType: statefulset",
                "  kafka-eks:certificates: { installCertManager: false }",
                "  kafka-eks:namespace: from-file",
            ].join("\n"),
        );
    });
    afterEach(() => rmSync(parent, { recursive: true }));

    const request = (out: string, config: Record<string, string> = {}) =>
        ({
            action: "render",
            stack: "dev",
            out,
            config,
            showSecrets: false,
            helm: "commands",
        }) as const;

    it("renders the stack of the file, and says how much", async () => {
        const out = join(parent, "out");
        const { stdout, stderr } = await runRender(request(out), parent);
        assert.equal(stdout, "");
        const lines = stderr.trim().split("\n");
        assert.match(
            lines[0]!,
            /^left out: Secret zookeeper-auth \(password\): the password with which brokers log in at ZooKeeper\. Make it: openssl /,
        );
        const files = readdirSync(out, { recursive: true, encoding: "utf8" });
        const objects = files.filter((file) => /[/].*-.*\.yaml$/.test(file));
        assert.deepEqual(lines.slice(1), [`${objects.length} objects of stack dev in ${out}`]);
        assert.ok(objects.includes("namespace/namespace-from-file.yaml"));
    });

    it("writes where the user stands, as npm tells it", async () => {
        const { INIT_CWD } = process.env;
        const cwd = process.cwd();
        process.env.INIT_CWD = parent;
        process.chdir(REPOSITORY);
        try {
            const { stderr } = await runRender(request("out"), parent);
            assert.match(stderr, /objects of stack dev in out\n$/);
            assert.deepEqual(readdirSync(parent), ["Pulumi.dev.yaml", "Pulumi.given.yaml", "out"]);
        } finally {
            process.chdir(cwd);
            if (INIT_CWD === undefined) {
                delete process.env.INIT_CWD;
            } else {
                process.env.INIT_CWD = INIT_CWD;
            }
        }
    });

    it("names all that it writes in files for kustomize", async () => {
        const out = join(parent, "out");
        await runRender(request(out), parent);
        const stages = ["namespace", "gates", "base", "zookeeper", "kafka", "finish"];
        assert.deepEqual(resourcesOf(out), stages);
        for (const stage of stages) {
            assert.deepEqual(
                [...resourcesOf(join(out, stage)), "kustomization.yaml"].sort(),
                readdirSync(join(out, stage)).sort(),
            );
        }
    });

    it("keeps the names of files when the content changes", async () => {
        const list = async (config: Record<string, string>) => {
            const out = join(parent, "out");
            await runRender(request(out, config), parent);
            return readdirSync(out, { recursive: true, encoding: "utf8" }).sort();
        };
        const kafka = (property: string) =>
            JSON.stringify({ config: { "log.retention.hours": property } });
        const topics = (name: string) => JSON.stringify([{ name }]);
        assert.deepEqual(
            await list({ "kafka-eks:kafka": kafka("1"), "kafka-eks:topics": topics("a") }),
            await list({ "kafka-eks:kafka": kafka("2"), "kafka-eks:topics": topics("b") }),
        );
    });

    it("keeps apart what only the cloud knows", async () => {
        const listeners = JSON.stringify([
            { name: "internal", port: 9092, type: "internal" },
            { name: "external", port: 9094, type: "loadBalancer" },
        ]);
        const out = join(parent, "out");
        const config = { "kafka-eks:listeners": listeners };
        const { stderr } = await runRender(request(out, config), parent);
        assert.deepEqual(readdirSync(join(out, "by-hand")).sort(), [
            "certificate-kafka-brokers-tls.yaml",
            "configmap-kafka-advertised.yaml",
            "configmap-kafka-listeners.yaml",
        ]);
        assert.ok(!resourcesOf(join(out, "base")).includes("configmap-kafka-advertised.yaml"));
        assert.match(
            stderr,
            /^left out: ConfigMap kafka-advertised-[0-9a-f]{16}, which holds what only the cloud knows, in .+\/by-hand\/configmap-kafka-advertised\.yaml$/m,
        );
        const { stdout } = await runRender(request("-", config), parent);
        assert.doesNotMatch(stdout, /known-after-up/);
    });

    it("refuses a stack that nobody has configured", async () => {
        await assert.rejects(
            runRender({ ...request("-"), stack: "nosuch" }, parent),
            /^StackFileError: Pulumi\.nosuch\.yaml: no such file; there are the stacks dev, given$/,
        );
    });

    describe("Helm releases", () => {
        const STRIMZI = { "kafka-eks:platform": "kubeconfig" };
        const EKS = { "aws:region": "eu-west-1" };
        const requestOf = (out: string, config: Record<string, string>) => ({
            ...request(out, config),
            stack: "given",
        });

        it("are commands with files of values", async () => {
            const out = join(parent, "out");
            const { stderr } = await runRender(requestOf(out, STRIMZI), parent);
            const [crds, helm] = stderr.split("\n");
            assert.match(
                crds!,
                /^first: kubectl apply --server-side --filename https:.*crds-1\.2\.0\.yaml$/,
            );
            const values = `${out}/helm/strimzi-kafka-operator.values.yaml`;
            assert.equal(
                helm,
                "first: helm upgrade --install strimzi-kafka-operator oci://quay.io/strimzi-helm/strimzi-kafka-operator " +
                    "--version 1.2.0 --namespace kafka --create-namespace --skip-crds --atomic --timeout 10m " +
                    `--values ${values}`,
            );
            assert.equal((readYaml(values) as { replicas: number }).replicas, 2);
        });

        it("are what Argo CD or Flux makes them of, apart from what comes after them", async () => {
            for (const [helm, files] of [
                ["argo", ["application-strimzi-kafka-operator.yaml"]],
                [
                    "flux",
                    [
                        "helmrepository-strimzi-kafka-operator.yaml",
                        "helmrelease-strimzi-kafka-operator.yaml",
                    ],
                ],
            ] as const) {
                const out = join(parent, helm);
                const { stderr } = await runRender({ ...requestOf(out, STRIMZI), helm }, parent);
                assert.deepEqual(resourcesOf(join(out, "operators")), files);
                assert.ok(!resourcesOf(out).includes("operators"));
                assert.doesNotMatch(stderr, /helm upgrade/);
                assert.match(stderr, /^first: kubectl apply .*crds/);
            }
        });

        it("name the chart as each tool has it", async () => {
            const specOf = async (helm: "argo" | "flux", file: string) => {
                const out = join(parent, helm);
                await runRender({ ...requestOf(out, STRIMZI), helm }, parent);
                const path = join(out, "operators", `${file}-strimzi-kafka-operator.yaml`);
                return (readYaml(path) as { spec: Record<string, unknown> }).spec;
            };
            const { source, syncPolicy } = (await specOf("argo", "application")) as {
                source: { helm: { valuesObject: { replicas: number } } };
                syncPolicy: object;
            };
            const { valuesObject, ...helm } = source.helm;
            assert.equal(valuesObject.replicas, 2);
            assert.deepEqual(
                { ...source, helm },
                {
                    repoURL: "quay.io/strimzi-helm",
                    chart: "strimzi-kafka-operator",
                    targetRevision: "1.2.0",
                    helm: { releaseName: "strimzi-kafka-operator", skipCrds: true },
                },
            );
            assert.deepEqual(syncPolicy, {
                automated: {},
                syncOptions: ["CreateNamespace=true", "ServerSideApply=true"],
            });
            assert.deepEqual(await specOf("flux", "helmrepository"), {
                interval: "1h",
                url: "oci://quay.io/strimzi-helm",
                type: "oci",
            });
            const { values, ...release } = await specOf("flux", "helmrelease");
            assert.equal((values as { replicas: number }).replicas, 2);
            assert.deepEqual(release, {
                interval: "10m",
                releaseName: "strimzi-kafka-operator",
                targetNamespace: "kafka",
                storageNamespace: "kafka",
                chart: {
                    spec: {
                        chart: "strimzi-kafka-operator",
                        version: "1.2.0",
                        sourceRef: { kind: "HelmRepository", name: "strimzi-kafka-operator" },
                    },
                },
                install: { crds: "Skip", createNamespace: true },
                upgrade: { crds: "Skip" },
            });
        });

        it("are refused as objects where the chart is a file", async () => {
            const strimzi = JSON.stringify({ chart: "/charts/strimzi", crds: "/charts/crds.yaml" });
            const config = { ...STRIMZI, "kafka-eks:strimzi": strimzi };
            await assert.rejects(
                runRender({ ...requestOf("-", config), helm: "argo" }, parent),
                /^RenderError: Helm release strimzi-kafka-operator: expected a chart in a repository, got \/charts\/strimzi$/,
            );
        });

        it("are kept apart where their values are not known", async () => {
            const out = join(parent, "out");
            const { stderr } = await runRender({ ...requestOf(out, EKS), helm: "argo" }, parent);
            const name = "application-aws-load-balancer-controller.yaml";
            assert.ok(!resourcesOf(join(out, "operators")).includes(name));
            assert.ok(readdirSync(join(out, "by-hand")).includes(name));
            assert.match(stderr, /left out: Application aws-load-balancer-controller, which holds/);
        });
    });

    it("prints the objects for -", async () => {
        const { stdout } = await runRender(
            request("-", { "kafka-eks:namespace": "given" }),
            parent,
        );
        assert.match(stdout, /^---\napiVersion: v1\nkind: Namespace\nmetadata:\n {2}name: given\n/);
        assert.deepEqual(readdirSync(parent), ["Pulumi.dev.yaml", "Pulumi.given.yaml"]);
    });

    it("writes nothing when the configuration is wrong", async () => {
        const out = join(parent, "out");
        const wrong = { "kafka-eks:namespace": "Not A Label" };
        await assert.rejects(runRender(request(out, wrong), parent), ConfigError);
        assert.equal(existsSync(out), false);
    });
});
