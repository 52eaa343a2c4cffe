import assert from "node:assert/strict";
import { setSourceMapsSupport } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { LiveObjects } from "../../components/live/objects";
import { NO_ORGANIZATION } from "../../program/dataOwner";
import { deployStack } from "../../program/deploy";
import { acceptHooks } from "../../tools/render/acceptHooks";
import { lightenSdk } from "./lightSdk";
import { computed as computedByAws } from "./standInCloud/resource";

const PROJECT = "kafka-eks";
const STACK = "test";

/** A plain object, as resources are recorded. */
export type PlainObject = Record<string, unknown>;

/** Options of a resource, as the engine would get them. */
export interface RecordedOptions {
    /** Name of the provider resource, `undefined` for the stack's default provider. */
    readonly provider: string | undefined;
    /** Keys of all the resources that this one waits for, whether named in `dependsOn` or used as an input. */
    readonly dependencies: readonly string[];
    readonly ignoreChanges: readonly string[];
    readonly retainOnDelete: boolean;
    readonly deleteBeforeReplace: boolean;
    readonly protect: boolean;
    /** Names of the hooks that run before it is made. */
    readonly gates: readonly string[];
    readonly timeouts: { create: string; update: string; delete: string } | undefined;
}

/** A registered resource. */
export interface Recorded {
    /** `type name`: what tells a resource from all others in these programs. */
    readonly key: string;
    readonly type: string;
    readonly name: string;
    /** Key of the parent, `undefined` at the top. */
    readonly parent: string | undefined;
    readonly inputs: PlainObject;
    readonly options: RecordedOptions;
    /** What it changes about itself and all below it. */
    readonly transforms: readonly pulumi.ResourceTransform[];
    /** What is asked before it is made, and before it is changed. */
    readonly hooks: {
        readonly beforeCreate: readonly Hook[];
        readonly beforeUpdate: readonly Hook[];
    };
}

/** A registered Kubernetes object. */
export interface KubernetesObject extends Recorded {
    readonly inputs: PlainObject & {
        readonly apiVersion: string;
        readonly kind: string;
        readonly metadata: {
            readonly name: string;
            readonly namespace?: string;
            readonly labels: Record<string, string>;
            readonly annotations?: Record<string, string>;
        };
    };
}

/** Everything that was registered, in the order of registration. */
export class Registrations {
    constructor(readonly all: readonly Recorded[]) {}

    /** The Kubernetes objects: not the components, the providers, and what makes objects of a chart or a file. */
    get objects(): readonly KubernetesObject[] {
        return this.all.filter(({ inputs }) => inputs.kind !== undefined) as KubernetesObject[];
    }

    /** The Kubernetes object of a kind with a `metadata.name`; fails unless there is exactly one. */
    object(kind: string, name: string): KubernetesObject {
        const found = this.objects.filter(
            ({ inputs }) => inputs.kind === kind && inputs.metadata.name === name,
        );
        const [only] = found;
        assert.ok(only !== undefined && found.length === 1, `${found.length} of ${kind} ${name}`);
        return only;
    }

    /** Keys of the resources directly below another one, in order of registration. */
    childrenOf(parent: string | undefined): string[] {
        return this.all.filter((each) => each.parent === parent).map(({ key }) => key);
    }

    /** A resource by its key; fails if it was not registered. */
    resource(key: string): Recorded {
        const found = this.all.find((each) => each.key === key);
        assert.ok(found !== undefined, `${key} is not registered`);
        return found;
    }
}

/** How the engine runs a program. */
export interface RunOptions {
    /** Whether it is a preview: what only a cluster knows is not known then. */
    readonly preview?: boolean;
    /**
     * Whether load balancers have an address.
     *
     * @default - They get one, which a preview does not know.
     */
    readonly loadBalancers?: boolean;
    /**
     * Name of the stack.
     *
     * @default "test"
     */
    readonly stack?: string;
    /**
     * What the engine remembers, by the name of the resource.
     *
     * @default - Nothing, so that it keeps what it gets.
     */
    readonly remembered?: Readonly<Record<string, unknown>>;
    /**
     * Outputs of what is no target of the `up`, by the name of the resource; `undefined` where there is none of it.
     *
     * @default - Everything is a target.
     */
    readonly untargeted?: Readonly<Record<string, PlainObject | undefined>>;
    /**
     * The cluster as it is.
     *
     * @default - The program asks and awaits nothing.
     */
    readonly live?: LiveObjects;
    /** What the Strimzi operator says of the `Kafka` resource, beside its listeners. */
    readonly conditions?: readonly { readonly reason: string; readonly message: string }[];
    /**
     * Whether hooks are recorded; they never run by themselves.
     *
     * @default - A program with hooks fails.
     */
    readonly hooks?: boolean;
}

/** A hook as the SDK registers it. */
interface Hook {
    readonly name: string;
    readonly callback: (args: object) => Promise<void>;
}

/** The hooks that are registered from now on, by name. */
function collectHooks(): ReadonlyMap<string, Hook> {
    const hooks = new Map<string, Hook>();
    const { getCallbacks } = pulumi.runtime as unknown as {
        getCallbacks: () => { registerResourceHook: (hook: Hook) => Promise<void> };
    };
    getCallbacks().registerResourceHook = (hook) => {
        hooks.set(hook.name, hook);
        return Promise.resolve();
    };
    return hooks;
}

/** `type name` of an URN. */
function keyOf(urn: string): string {
    const [, , types, name] = urn.split("::");
    return `${types!.split("$").at(-1)} ${name}`;
}

function optionsOf(request: RegisterResourceRequest): RecordedOptions {
    const timeouts = request.getCustomtimeouts();
    const provider = request.getProvider();
    return {
        provider: provider === "" ? undefined : provider.split("::")[3],
        dependencies: request.getDependenciesList().map(keyOf).sort(),
        ignoreChanges: request.getIgnorechangesList(),
        retainOnDelete: request.getRetainondelete() === true,
        deleteBeforeReplace: request.getDeletebeforereplace(),
        protect: request.getProtect() === true,
        gates: request.getHooks()?.getBeforeCreateList() ?? [],
        timeouts: timeouts && {
            create: timeouts.getCreate(),
            update: timeouts.getUpdate(),
            delete: timeouts.getDelete(),
        },
    };
}

function hooksOf(
    request: RegisterResourceRequest,
    hooks: ReadonlyMap<string, Hook>,
): Recorded["hooks"] {
    const binding = request.getHooks();
    const named = (names: readonly string[] = []) => names.map((name) => hooks.get(name)!);
    return {
        beforeCreate: named(binding?.getBeforeCreateList()),
        beforeUpdate: named(binding?.getBeforeUpdateList()),
    };
}

/** Address that the mocked cloud gives the load balancer of a Service: another one for each name. */
export function loadBalancerIp(service: string): string {
    const [high, low] = [...service].reduce(
        ([a, b], char) => [(a * 31 + char.charCodeAt(0)) % 251, (b * 17 + a) % 253],
        [7, 11],
    );
    return `192.0.${high}.${low}`;
}

/** A listener in the specification of a `Kafka` resource. */
interface StrimziListener {
    readonly name: string;
    readonly port: number;
    readonly type: string;
}

/** What the component of an EKS cluster has of it. */
export const EKS_CLUSTER = {
    kubeconfigJson: '{"clusters":[{"cluster":{"server":"https://eks.example.com"}}]}',
    clusterSecurityGroupId: "sg-cluster",
};

/** What a cluster, its cloud and its Strimzi operator add to an object. */
function computed(
    inputs: PlainObject,
    { loadBalancers = true, conditions = [] }: RunOptions,
): PlainObject {
    const { apiVersion, kind, spec, metadata } = inputs as {
        apiVersion?: string;
        kind?: string;
        spec?: { type?: string; kafka?: { listeners: readonly StrimziListener[] } };
        metadata?: { name: string };
    };
    if (kind === "Service" && spec?.type === "LoadBalancer") {
        const ingress = [{ ip: loadBalancerIp(metadata!.name) }];
        return { status: { loadBalancer: loadBalancers ? { ingress } : {} } };
    }
    if (kind === "Secret") {
        return { metadata: { ...metadata, uid: `uid-of-${metadata!.name}` } };
    }
    if (kind === "Kafka" && apiVersion?.startsWith("kafka.strimzi.io/")) {
        const listeners = spec!
            .kafka!.listeners.filter(({ type }) => type === "loadbalancer" && loadBalancers)
            .map(({ name, port }) => {
                const host = loadBalancerIp(`${metadata!.name}-kafka-${name}-bootstrap`);
                return { name, bootstrapServers: `${host}:${port}` };
            });
        return { status: { listeners, conditions } };
    }
    return {};
}

const STACK_TRACE_LIMIT = Error.stackTraceLimit;

/** Puts the SDK back to what it is without mocks. */
let restoreSdk = () => {};

/** Replaces the engine by a recorder of what is registered with it. */
async function record(options: RunOptions): Promise<Recorded[]> {
    // The SDK writes down a stack for each resource; all its frames, with the lines of the sources, would take long. Three frames
    // still tell where an error of the program comes from.
    setSourceMapsSupport(false);
    Error.stackTraceLimit = 3;
    restoreSdk = lightenSdk();
    const recorded: Recorded[] = [];
    let hooks: ReadonlyMap<string, Hook> = new Map();
    let request: RegisterResourceRequest;
    await pulumi.runtime.setMocks(
        {
            newResource({ type, name, inputs, transforms = [] }) {
                const parent = request.getParent();
                recorded.push({
                    key: `${type} ${name}`,
                    type,
                    name,
                    parent: parent === "" ? undefined : keyOf(parent),
                    inputs: inputs as PlainObject,
                    options: optionsOf(request),
                    transforms,
                    hooks: hooksOf(request, hooks),
                });
                const isKnown = options.preview !== true || options.loadBalancers !== undefined;
                if (!request.getCustom()) {
                    const state = isKnown && type === "eks:index:Cluster" ? EKS_CLUSTER : {};
                    return { id: undefined, state };
                }
                const { untargeted = {} } = options;
                if (name in untargeted) {
                    const outputs = untargeted[name];
                    return { id: outputs && `${name}-id`, state: outputs ?? {} };
                }
                const state = {
                    ...(inputs as PlainObject),
                    ...(type === "pulumi:index:Stash" && {
                        output: options.remembered?.[name] ?? (inputs as PlainObject).input,
                    }),
                    ...(isKnown ? computed(inputs as PlainObject, options) : {}),
                    ...(isKnown ? computedByAws(type, `${name}-id`, inputs as PlainObject) : {}),
                };
                return { id: options.preview === true ? undefined : `${name}-id`, state };
            },
            // A look-up that a test does not know of should not go unnoticed.
            call({ token }) {
                throw new Error(`unexpected call of ${token}`);
            },
        },
        PROJECT,
        options.stack ?? STACK,
        options.preview,
        NO_ORGANIZATION,
    );
    if (options.hooks === true) {
        hooks = collectHooks();
    } else {
        acceptHooks();
    }
    // Mocks get the inputs only; parents, dependencies and other options are in the request to the engine.
    const monitor = pulumi.runtime.getMonitor() as unknown as {
        registerResource: (request: RegisterResourceRequest, ...rest: unknown[]) => unknown;
    };
    const registerResource = monitor.registerResource.bind(monitor);
    monitor.registerResource = (next, ...rest) => {
        request = next;
        return registerResource(next, ...rest);
    };
    return recorded;
}

/** Waits until everything is registered. */
export async function settle(): Promise<void> {
    try {
        await pulumi.runtime.disconnect();
    } finally {
        restoreSdk();
        setSourceMapsSupport(true, { nodeModules: false });
        Error.stackTraceLimit = STACK_TRACE_LIMIT;
    }
}

/** Value of an output; `undefined` if it is not known. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T | undefined> {
    return (output as unknown as { promise(): Promise<T> }).promise();
}

/** Runs code that makes resources and returns them together with its result. */
export async function register<T>(
    create: () => T,
    options: RunOptions = {},
): Promise<{ resources: Registrations; result: T }> {
    const recorded = await record(options);
    let result: T;
    try {
        result = create();
    } finally {
        await settle();
    }
    return { resources: new Registrations(recorded), result };
}

/** What a run of the program left. */
export interface ProgramRun {
    readonly resources: Registrations;
    /** The stack's outputs. */
    readonly outputs: PlainObject;
    /** What the program threw. */
    readonly error: unknown;
}

/**
 * Runs the program itself with a stack's configuration, its keys without the project's prefix; structured values are
 * handed over as Pulumi does, as JSON.
 */
export async function runProgram(
    config: Readonly<Record<string, unknown>>,
    options: RunOptions = {},
): Promise<ProgramRun> {
    const recorded = await record(options);
    const values = stackValues(config);
    pulumi.runtime.setAllConfig(values, Object.keys(values));
    let exported: PlainObject = {};
    let error: unknown;
    try {
        exported = await deployStack(() => options.live);
    } catch (thrown) {
        error = thrown;
    }
    await settle();
    const outputs = Object.entries(exported).map(
        async ([name, value]) => [name, await valueOf(pulumi.output(value))] as const,
    );
    return {
        resources: new Registrations(recorded),
        outputs: Object.fromEntries(await Promise.all(outputs)),
        error,
    };
}

/** A stack's configuration as the engine hands it to the program; other projects' keys come with their prefix. */
export function stackValues(config: Readonly<Record<string, unknown>>): Record<string, string> {
    return Object.fromEntries(
        Object.entries(config).map(([key, value]) => [
            key.includes(":") ? key : `${PROJECT}:${key}`,
            typeof value === "string" ? value : JSON.stringify(value),
        ]),
    );
}
