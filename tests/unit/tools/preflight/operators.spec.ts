import assert from "node:assert/strict";
import type { V1CustomResourceDefinition, V1Deployment } from "@kubernetes/client-node";
import type { StrimziConfig } from "../../../../config/stackConfig";
import { judgeCertManager } from "../../../../tools/preflight/certManager";
import { type Definitions, judgeStrimzi } from "../../../../tools/preflight/operators";
import { configOf, outcomes } from "./objects";

const INSTALLS = configOf({}) as StrimziConfig;
const FOREIGN = configOf({ strimzi: { installOperator: false } }) as StrimziConfig;
const CRD = "kafkas.kafka.strimzi.io";

function definition(
    name: string,
    { versions = ["v1"], stored = ["v1"], managers = ["kubectl-client-side-apply"] } = {},
): V1CustomResourceDefinition {
    return {
        metadata: { name, managedFields: managers.map((manager) => ({ manager })) },
        spec: {
            group: "",
            names: { kind: "", plural: "" },
            scope: "Namespaced",
            versions: versions.map((version) => ({ name: version, served: true, storage: true })),
        },
        status: { storedVersions: stored },
    };
}

function helm(name: string, namespace: string): Record<string, string> {
    return { "meta.helm.sh/release-name": name, "meta.helm.sh/release-namespace": namespace };
}

function operator(
    namespace: string,
    args: { watches?: string; version?: string; annotations?: Record<string, string> } = {},
): V1Deployment {
    const { watches, version = "1.2.0", annotations } = args;
    const env =
        watches === undefined
            ? {
                  name: "STRIMZI_NAMESPACE",
                  valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } },
              }
            : { name: "STRIMZI_NAMESPACE", value: watches };
    return {
        metadata: { name: "strimzi-cluster-operator", namespace, annotations },
        spec: {
            selector: { matchLabels: { "strimzi.io/kind": "cluster-operator" } },
            template: {
                spec: {
                    containers: [
                        { name: "op", image: `quay.io/strimzi/operator:${version}`, env: [env] },
                    ],
                },
            },
        },
    };
}

function judge(
    config: StrimziConfig,
    found: V1CustomResourceDefinition | undefined,
    ...deployments: V1Deployment[]
) {
    return judgeStrimzi(config, {
        definitions: [[CRD, { value: found }]],
        deployments: { value: deployments },
    });
}

describe("Strimzi that is to be installed", () => {
    it("is fine where there is nothing of it", () =>
        assert.deepEqual(judge(INSTALLS, undefined), [
            { key: "Strimzi's CRDs", outcome: "ok", found: "none yet: up makes them" },
            { key: "Strimzi's operator", outcome: "ok", found: "none that watches kafka" },
        ]));

    it("takes over CRDs, and says whose they are", () =>
        assert.equal(
            judge(INSTALLS, definition(CRD))[0]!.found,
            "there (kubectl-client-side-apply): up makes them those of Strimzi 1.2.0",
        ));

    it("fails where objects are kept in a version that its CRDs do not have", () => {
        const old = definition(CRD, { versions: ["v1", "v1beta2"], stored: ["v1beta2", "v1"] });
        const [found] = judge(INSTALLS, old);
        assert.equal(found!.outcome, "fails");
        assert.match(found!.found, /, got v1beta2 of kafkas\.kafka\.strimzi\.io$/);
    });

    it("fails beside an operator that watches the namespace: by name, all of them, or its own", () => {
        for (const rival of [
            operator("strimzi", { watches: "a, kafka" }),
            operator("strimzi", { watches: "*" }),
            operator("kafka"),
            operator("kafka", { annotations: helm("other", "kafka") }),
        ]) {
            const [, found] = judge(INSTALLS, undefined, rival);
            assert.equal(found!.outcome, "fails");
            assert.match(
                found!.found,
                /^expected none that watches namespace kafka before up installs one, got 1\.2\.0 in/,
            );
        }
    });

    it("finds the namespaces of an operator of the Operator Lifecycle Manager", () => {
        const managed = (namespaces: string) => {
            const found = operator("operators");
            const { spec, metadata } = found.spec!.template;
            spec!.containers[0]!.env![0]!.valueFrom!.fieldRef!.fieldPath =
                "metadata.annotations['olm.targetNamespaces']";
            found.spec!.template.metadata = {
                ...metadata,
                annotations: { "olm.targetNamespaces": namespaces },
            };
            return found;
        };
        const outcome = (namespaces: string) =>
            judge(INSTALLS, undefined, managed(namespaces))[1]!.outcome;
        assert.deepEqual(["", "a,kafka", "a"].map(outcome), ["fails", "fails", "ok"]);
    });

    it("knows its own operator again", () => {
        const own = operator("kafka", { annotations: helm("strimzi-kafka-operator", "kafka") });
        assert.deepEqual(judge(INSTALLS, definition(CRD), own)[1], {
            key: "Strimzi's operator",
            outcome: "ok",
            found: "this stack's",
        });
    });

    it("warns of operators of other versions elsewhere, which share its CRDs", () => {
        const other = operator("b", { watches: "b", version: "1.1.0" });
        const [, found] = judge(INSTALLS, definition(CRD), other);
        assert.equal(found!.outcome, "warning");
        assert.match(found!.found, /, got 1\.1\.0 in b$/);
        const same = operator("b", { watches: "b" });
        assert.equal(judge(INSTALLS, definition(CRD), same)[1]!.outcome, "ok");
    });

    it("is not known where CRDs and Deployments may not be read", () => {
        const unknown = { unknown: "no" };
        const facts = { definitions: [[CRD, unknown]] as Definitions, deployments: unknown };
        assert.deepEqual(outcomes(judgeStrimzi(INSTALLS, facts)), [
            "Strimzi's CRDs: unknown",
            "Strimzi's operator: unknown",
        ]);
    });
});

describe("Strimzi of somebody else", () => {
    it("is fine where its CRDs serve the version, and one operator watches the namespace", () =>
        assert.deepEqual(
            judge(FOREIGN, definition(CRD), operator("strimzi", { watches: "kafka" })),
            [
                { key: "Strimzi's CRDs", outcome: "ok", found: "there, with v1" },
                {
                    key: "Strimzi's operator",
                    outcome: "ok",
                    found: "1.2.0 in strimzi, which runs Kafka 4.3.1",
                },
            ],
        ));

    it("fails without CRDs, or with those of older versions", () => {
        const old = definition(CRD, { versions: ["v1beta2"] });
        for (const each of [undefined, old]) {
            assert.equal(judge(FOREIGN, each)[0]!.outcome, "fails");
        }
    });

    it("fails where none watches the namespace, and where two do", () => {
        const [, none] = judge(FOREIGN, definition(CRD), operator("strimzi"));
        assert.match(none!.found, /, got none$/);
        const [, two] = judge(
            FOREIGN,
            definition(CRD),
            operator("kafka"),
            operator("b", { watches: "*" }),
        );
        assert.equal(
            two!.found,
            "expected one that watches namespace kafka, got 1.2.0 in kafka, 1.2.0 in b",
        );
    });

    it("fails where it does not run the configured Kafka", () => {
        const [, found] = judge(FOREIGN, definition(CRD), operator("kafka", { version: "1.1.0" }));
        assert.deepEqual([found!.key, found!.outcome], ["kafka.version", "fails"]);
    });

    it("is a warning in a version that nobody knows", () => {
        const [, found] = judge(FOREIGN, definition(CRD), operator("kafka", { version: "9.9.9" }));
        assert.equal(found!.found, "expected one of 1.1.0, 1.2.0, got 9.9.9 in kafka");
        assert.equal(found!.outcome, "warning");
    });
});

describe("cert-manager", () => {
    const CERTIFICATES = "certificates.cert-manager.io";
    const controller = (annotations?: Record<string, string>, available = 1): V1Deployment => ({
        metadata: {
            name: "cert-manager",
            namespace: "cert-manager",
            annotations,
            labels: {
                "app.kubernetes.io/name": "cert-manager",
                "app.kubernetes.io/component": "controller",
            },
        },
        status: { availableReplicas: available },
    });
    const judgeIt = (
        installs: boolean,
        deployments: readonly V1Deployment[],
        args: { isDeployed?: boolean; found?: V1CustomResourceDefinition } = {},
    ) =>
        judgeCertManager(installs, {
            definitions: [[CERTIFICATES, { value: args.found }]],
            deployments: { value: deployments },
            isDeployed: args.isDeployed ?? false,
        });
    const own = helm("cert-manager", "cert-manager");

    it("is installed where there is none", () =>
        assert.deepEqual(judgeIt(true, []), [
            { key: "cert-manager", outcome: "ok", found: "none yet: up installs it" },
        ]));

    it("fails beside another one, also beside one of the same release, unless this stack runs already", () => {
        assert.deepEqual(judgeIt(true, [controller(own)]), [
            {
                key: "cert-manager",
                outcome: "fails",
                found:
                    "expected none before up installs it, got one in cert-manager " +
                    "(Helm release cert-manager in cert-manager)",
                next: "set certificates.installCertManager to false, so that up takes the one that is there",
            },
        ]);
        assert.equal(judgeIt(true, [controller()], { isDeployed: true })[0]!.outcome, "fails");
        assert.equal(judgeIt(true, [controller(own)], { isDeployed: true })[0]!.outcome, "ok");
    });

    it("has to be there with its CRDs where it is somebody else's", () => {
        const found = definition(CERTIFICATES);
        assert.equal(judgeIt(false, [controller()], { found })[0]!.outcome, "ok");
        assert.equal(judgeIt(false, [controller()])[0]!.outcome, "fails");
        const beta = definition(CERTIFICATES, { versions: ["v1beta1"] });
        assert.equal(judgeIt(false, [controller()], { found: beta })[0]!.outcome, "fails");
        assert.equal(judgeIt(false, [], { found })[0]!.outcome, "warning");
        assert.equal(judgeIt(false, [controller({}, 0)], { found })[0]!.outcome, "warning");
    });
});
