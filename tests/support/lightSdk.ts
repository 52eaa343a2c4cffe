import { createRequire } from "node:module";
import { Resource } from "@pulumi/pulumi";
import "./scryptOnce";

/** A structure as it goes to the engine; left out of the SDK's own types. */
interface Struct {
    toJavaScript(): PlainStruct;
}

type PlainStruct = Readonly<Record<string, unknown>>;

interface StructClass {
    new (): Struct;
    readonly prototype: Struct;
    fromJavaScript(this: void, value: PlainStruct): Struct;
}

/** What makes promises of the SDK; to be changed where the SDK itself finds it. */
interface Debuggable {
    debuggablePromise(this: void, promise: Promise<unknown>, context: unknown): Promise<unknown>;
}

const inSdk = createRequire(createRequire(__filename).resolve("@pulumi/pulumi"));
const debuggable = inSdk("@pulumi/pulumi/runtime/debuggable") as Debuggable;
const { Struct } = inSdk("google-protobuf/google/protobuf/struct_pb") as { Struct: StructClass };
const resource = Resource as unknown as { callsites: () => object[] };

const { debuggablePromise } = debuggable;
const { fromJavaScript } = Struct;
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with `this` below
const { toJavaScript } = Struct.prototype;
const { callsites } = resource;

/** Structures that stay as they are, as none of them leaves the process. */
const plain = new WeakMap<Struct, PlainStruct>();

Struct.prototype.toJavaScript = function () {
    return plain.get(this) ?? toJavaScript.call(this);
};

/**
 * Leaves out what the SDK does for an engine in another process and for messages that no test reads: structures encoded for
 * the way there, the place of each resource, and where each promise was made. That takes half of the time of a program under
 * mocks. What errors say of their place stays.
 *
 * @returns Puts everything back.
 */
export function lightenSdk(): () => void {
    // Another promise, as the SDK returns: what nobody waits for is rejected just as often.
    debuggable.debuggablePromise = (promise) => promise.then((value) => value);
    resource.callsites = () => [];
    Struct.fromJavaScript = (value) => {
        const struct = new Struct();
        plain.set(struct, copyOf(value) as PlainStruct);
        return struct;
    };
    return () => {
        debuggable.debuggablePromise = debuggablePromise;
        resource.callsites = callsites;
        Struct.fromJavaScript = fromJavaScript;
    };
}

/** @throws Error for what can't be encoded, as the SDK does. */
function copyOf(value: unknown): unknown {
    if (value === null || ["string", "number", "boolean"].includes(typeof value)) {
        return value;
    }
    if (Array.isArray(value)) {
        return value.map(copyOf);
    }
    if (typeof value !== "object") {
        throw new Error("Unexpected struct type.");
    }
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copyOf(each)]));
}

/** {@link lightenSdk} for all tests of a suite. */
export function useLightSdk(): void {
    let restore: () => void;
    before(() => {
        restore = lightenSdk();
    });
    after(() => restore());
}
