import type { CoreV1Api } from "@kubernetes/client-node";
import { z } from "zod";
import { KAFKA_LISTENERS } from "../../components/kafka/names";
import { parseAddress } from "./addresses";
import { ListenerDirectoryError } from "./errors";
import { answerCode, NOT_FOUND } from "./kubernetes";

/** Key of the ConfigMap that has the listeners. */
export const LISTENERS_KEY = "listeners.json";

const ADDRESS = z
    .string()
    .refine((text) => parseAddress(text) !== undefined, "expected an address host:port");

const ENTRY = z
    .object({
        name: z.string().min(1),
        type: z.enum(["internal", "loadBalancer", "nodePort"]),
        tls: z.boolean(),
        authentication: z.looseObject({ type: z.string() }).optional(),
        bootstrap: z
            .string()
            .transform((text) => text.split(",").map((address) => address.trim()))
            .pipe(z.array(ADDRESS).min(1)),
        brokers: z.array(ADDRESS),
    })
    .refine(({ type, brokers }) => type !== "internal" || brokers.length > 0, {
        path: ["brokers"],
        message: "expected an address of each broker, given none",
    });

/** How clients reach Kafka through one listener. */
export interface ListenerEntry {
    readonly name: string;
    readonly type: "internal" | "loadBalancer" | "nodePort";
    readonly tls: boolean;
    /** The identity scheme; clients are anonymous without it. */
    readonly authentication?: { readonly type: string };
    /** Bootstrap addresses. */
    readonly bootstrap: readonly string[];
    /**
     * Advertised addresses in the order of the brokers' ids. Empty where an operator has the cloud assign them: then the
     * brokers alone know; never for an internal listener.
     */
    readonly brokers: readonly string[];
}

/**
 * Reads one of the texts that the program leaves in the cluster.
 *
 * @param key Key of the text in the ConfigMap of the listeners.
 * @param whole What the whole of it is called in an error.
 * @throws {@link ListenerDirectoryError} that names what is wrong.
 */
export function parseDirectory<S extends z.ZodType>(
    schema: S,
    text: string,
    {
        key,
        whole,
        namespace,
    }: { readonly key: string; readonly whole: string; readonly namespace: string },
): z.output<S> {
    const where = `key ${key} of ConfigMap ${KAFKA_LISTENERS} in namespace ${namespace}`;
    const next = `deploy again with pulumi up, or look at it: kubectl get configmap ${KAFKA_LISTENERS} -n ${namespace} -o yaml`;
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch {
        throw new ListenerDirectoryError(`${where} is not JSON`, next);
    }
    const result = schema.safeParse(value);
    if (!result.success) {
        const problems = result.error.issues.map(
            ({ path, message }) => `${path.join(".") || whole}: ${message}`,
        );
        throw new ListenerDirectoryError(`${where} is wrong: ${problems.join("; ")}`, next);
    }
    return result.data;
}

/**
 * Reads the listeners.
 *
 * @throws {@link ListenerDirectoryError} that names what is wrong.
 */
export function parseListenerDirectory(text: string, namespace: string): ListenerEntry[] {
    return parseDirectory(z.array(ENTRY).min(1), text, {
        key: LISTENERS_KEY,
        whole: "the list",
        namespace,
    });
}

/**
 * Fetches the listeners of the Kafka in a namespace.
 *
 * @throws {@link ListenerDirectoryError} when the ConfigMap is missing or wrong.
 */
export async function fetchListeners(
    core: Pick<CoreV1Api, "readNamespacedConfigMap">,
    namespace: string,
): Promise<ListenerEntry[]> {
    try {
        const { data } = await core.readNamespacedConfigMap({ name: KAFKA_LISTENERS, namespace });
        return parseListenerDirectory(data?.[LISTENERS_KEY] ?? "", namespace);
    } catch (error) {
        if (answerCode(error) !== NOT_FOUND) {
            throw error;
        }
        throw new ListenerDirectoryError(
            `no ${KAFKA_LISTENERS} ConfigMap in namespace ${namespace}; is Kafka deployed there by this program?`,
            "give its namespace with --namespace, or deploy it with pulumi up",
            { cause: error },
        );
    }
}
