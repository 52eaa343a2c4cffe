import assert from "node:assert/strict";
import type { V1StatefulSet } from "@kubernetes/client-node";
import { restartsPods } from "../../../../components/statefulset/restartsPods";

const TEMPLATE = {
    metadata: { annotations: { "kafka-eks/config-hash": "0123" } as Record<string, string> },
    spec: {
        containers: [
            {
                name: "kafka",
                image: "kafka:1",
                command: ["bash", "start.sh"],
                env: [
                    { name: "A", value: "1" },
                    { name: "B", value: "2" },
                ],
                resources: {
                    requests: { cpu: "500m", memory: "1024Mi" } as Record<string, string>,
                    limits: { cpu: "1000m", memory: "1024Mi" } as Record<string, string>,
                },
                volumeMounts: [
                    { name: "data", mountPath: "/data", subPath: "data" },
                    { name: "data", mountPath: "/log", subPath: "log" },
                ],
            },
        ],
        volumes: [
            {
                name: "config",
                projected: { sources: [{ configMap: { name: "config-1" } }] },
            },
            { name: "tmp", emptyDir: {} },
        ],
    },
};

type Template = typeof TEMPLATE;
type Edit = (template: Template) => void;

const containerOf = ({ spec }: Template) => spec.containers[0]!;

/** The template as the program sends it. */
function sent(edit: Edit = () => undefined): Template {
    const template = structuredClone(TEMPLATE);
    edit(template);
    return template;
}

/** The template as the API server has it: with its defaults, and quantities as it writes them. */
function answered(...edits: readonly Edit[]): Template {
    const template = structuredClone(TEMPLATE);
    edits.forEach((edit) => edit(template));
    const container = containerOf(template);
    for (const quantities of Object.values(container.resources)) {
        for (const [key, quantity] of Object.entries(quantities)) {
            quantities[key] = { "1024Mi": "1Gi", "1000m": "1" }[quantity] ?? quantity;
        }
    }
    Object.assign(template.spec, { restartPolicy: "Always" });
    Object.assign(container, { imagePullPolicy: "IfNotPresent" });
    return template;
}

interface Situation {
    /** @default - Nothing; the state has lost it, or never knew. */
    readonly before?: Template;
    readonly after: Template;
    readonly recorded?: Template;
    readonly live: Template;
    /**
     * Fields of the template that the stack has applied, as the API server writes them down.
     *
     * @default - It does not say.
     */
    readonly applied?: object;
}

const MANAGER = "pulumi-kubernetes-0123";

function restarts({ before, after, recorded, live, applied }: Situation): boolean {
    const inputs = (template: Template, replicas: number) =>
        ({ spec: { replicas, template } }) as never;
    return restartsPods(
        {
            before: before && inputs(before, 3),
            after: inputs(after, 4),
            recorded: recorded && {
                spec: { replicas: 3, template: recorded },
                __fieldManager: MANAGER,
            },
        },
        {
            metadata: { managedFields: applied && managedFields(applied) },
            spec: { replicas: 3, template: live },
        } as unknown as V1StatefulSet,
    );
}

/** Those of the stack, beside those of others. */
function managedFields(applied: object): object[] {
    const fieldsOf = (template: object) => ({ "f:spec": { "f:template": template } });
    const restartedAt = { "f:metadata": { "f:annotations": { "f:restartedAt": {} } } };
    return [
        { manager: "kubectl-rollout", operation: "Update", fieldsV1: fieldsOf(restartedAt) },
        { manager: "another", operation: "Apply", fieldsV1: fieldsOf(restartedAt) },
        { manager: "kubectl", operation: "Update", fieldsV1: { "f:spec": { "f:replicas": {} } } },
        { manager: MANAGER, operation: "Update", fieldsV1: fieldsOf(restartedAt) },
        { manager: MANAGER, operation: "Apply", fieldsV1: fieldsOf(applied) },
    ];
}

/** What the stack has applied of the template, with more fields of its container. */
function appliedWith(more: object): object {
    return {
        "f:metadata": { "f:annotations": { ".": {}, "f:kafka-eks/config-hash": {} } },
        "f:spec": {
            "f:containers": {
                'k:{"name":"kafka"}': { ".": {}, "f:command": {}, "f:name": {}, ...more },
            },
            "f:volumes": { 'k:{"name":"tmp"}': { ".": {}, "f:emptyDir": {}, "f:name": {} } },
        },
    };
}

const UNCHANGED = { before: sent(), after: sent(), recorded: answered() };
const otherImage: Edit = (template) => (containerOf(template).image = "kafka:2");
const noCpuLimit: Edit = (template) => delete containerOf(template).resources.limits["cpu"];
const addAnnotation: Edit = (template) =>
    (template.metadata.annotations["kubectl.kubernetes.io/restartedAt"] = "2026-01-01");

describe("a change of a StatefulSet restarts no pods where", () => {
    const cases: Readonly<Record<string, Situation>> = {
        "nothing of them changes": { ...UNCHANGED, live: answered() },
        "nothing of them changes, and somebody has restarted them": {
            ...UNCHANGED,
            live: answered(addAnnotation),
        },
        "nothing of them changes, and Kubernetes has another default": {
            ...UNCHANGED,
            live: answered((template) => {
                Object.assign(template.spec, { hostUsers: true });
                Object.assign(containerOf(template), { tty: false });
            }),
        },
        "nothing of them changes, and admission has changed what was sent": {
            ...UNCHANGED,
            recorded: answered((template) => (containerOf(template).image += "@sha256:0123")),
            live: answered((template) => (containerOf(template).image += "@sha256:0123")),
        },
        "nothing of them changes, and the stack has applied just that": {
            ...UNCHANGED,
            live: answered(addAnnotation),
            applied: appliedWith({}),
        },
        "a killed up has already sent the change": {
            before: sent(),
            after: answered(otherImage),
            recorded: answered(),
            live: answered(otherImage),
        },
        "a killed up has already taken away what is not sent any more": {
            before: answered(),
            after: answered(noCpuLimit),
            recorded: answered(),
            live: answered(noCpuLimit),
        },
        "a killed up has already taken away an entry of a list": {
            before: answered(),
            after: answered((template) => containerOf(template).env.shift()),
            recorded: answered(),
            live: answered((template) => containerOf(template).env.shift()),
        },
        "a killed up has made it, and others have added defaults": {
            after: sent((template) => (containerOf(template).resources = {} as never)),
            live: answered(),
        },
    };
    for (const [what, situation] of Object.entries(cases)) {
        it(what, () => {
            assert.equal(restarts(situation), false);
        });
    }
});

describe("a change of a StatefulSet restarts pods where", () => {
    const drifts: Readonly<Record<string, Edit>> = {
        "the image": otherImage,
        "an annotation that the program sends": (template) =>
            (template.metadata.annotations["kafka-eks/config-hash"] = "4567"),
        "a quantity": (template) => (containerOf(template).resources.requests["memory"] = "2Gi"),
        "a quantity, by taking it away": noCpuLimit,
        "a word of a command": (template) => containerOf(template).command.push("--debug"),
        "a variable": (template) => (containerOf(template).env[1]!.value = "3"),
        "variables, by taking one away": (template) => containerOf(template).env.shift(),
        "variables, by adding one": (template) =>
            containerOf(template).env.push({ name: "C", value: "3" }),
        "one of two mounts of a volume": (template) =>
            (containerOf(template).volumeMounts[1]!.subPath = "other"),
        "the files of a volume": (template) =>
            (template.spec.volumes[0]!.projected!.sources[0]!.configMap.name = "config-2"),
        "the files of a volume, by adding some": (template) =>
            template.spec.volumes[0]!.projected!.sources.push({ configMap: { name: "more" } }),
        "containers, by adding one": (template) =>
            template.spec.containers.unshift({ ...containerOf(template), name: "sidecar" }),
    };
    for (const [what, edit] of Object.entries(drifts)) {
        it(`nothing of them changes, but somebody has changed ${what}`, () => {
            assert.equal(restarts({ ...UNCHANGED, live: answered(edit) }), true);
        });
    }

    const removals: Readonly<Record<string, Edit>> = {
        "a limit": noCpuLimit,
        "all limits": (template) =>
            delete (containerOf(template).resources as { limits?: object }).limits,
        "an annotation": (template) =>
            delete template.metadata.annotations["kafka-eks/config-hash"],
        "a variable": (template) => containerOf(template).env.shift(),
        "a field of a mount, after another mount": (template) => {
            containerOf(template).volumeMounts.shift();
            delete (containerOf(template).volumeMounts[0] as { subPath?: string }).subPath;
        },
        "a volume": (template) => template.spec.volumes.pop(),
    };
    for (const [what, edit] of Object.entries(removals)) {
        it(`something is not sent any more: ${what}`, () => {
            // Spelt as the API server does: nothing else differs.
            const change = { before: answered(), after: answered(edit), recorded: answered() };
            assert.equal(restarts({ ...change, live: answered() }), true);
        });
    }

    const others: Readonly<Record<string, Situation>> = {
        "something changes": { ...UNCHANGED, after: sent(otherImage), live: answered() },
        "a killed up has sent something else, which is set back": {
            ...UNCHANGED,
            live: answered(otherImage),
        },
        "a killed up has only added something, which is set back": {
            ...UNCHANGED,
            live: answered((template) => Object.assign(containerOf(template), { tty: true })),
            applied: appliedWith({ "f:tty": {} }),
        },
        "a killed up has sent the change, and more that is set back": {
            before: answered(),
            after: answered(otherImage),
            recorded: answered(),
            live: answered(otherImage, (template) =>
                Object.assign(containerOf(template), { tty: true }),
            ),
            applied: appliedWith({ "f:image": {}, "f:tty": {} }),
        },
        "a killed up has sent a part of it": {
            ...UNCHANGED,
            after: sent((template) => {
                otherImage(template);
                noCpuLimit(template);
            }),
            live: answered(otherImage),
        },
        "a field goes of an entry whose neighbour is already gone": {
            before: answered(),
            after: answered((template) => {
                containerOf(template).volumeMounts.shift();
                delete (containerOf(template).volumeMounts[0] as { subPath?: string }).subPath;
            }),
            recorded: answered(),
            live: answered((template) => containerOf(template).volumeMounts.shift()),
        },
        "the state does not know how it was accepted, and it is spelt in another way": {
            ...UNCHANGED,
            recorded: undefined,
            live: answered(),
        },
        "the state does not know it at all, and it is another one": {
            after: sent(otherImage),
            live: sent(),
        },
    };
    for (const [what, situation] of Object.entries(others)) {
        it(what, () => {
            assert.equal(restarts(situation), true);
        });
    }
});
