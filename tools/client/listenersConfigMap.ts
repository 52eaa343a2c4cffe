import type { CoreV1Api } from "@kubernetes/client-node";
import type { z } from "zod";
import { type ListenerEntry, LISTENERS, LISTENERS_KEY } from "../../components/kafka/clientAccess";
import { KAFKA_LISTENERS } from "../../components/kafka/names";
import { ListenersConfigMapError } from "./errors";
import { answerCode, NOT_FOUND } from "./kubernetes";

/**
 * Reads one of the texts that the program leaves in the cluster.
 *
 * @param key Key of the text in the ConfigMap of the listeners.
 * @param whole What the whole of it is called in an error.
 * @throws {@link ListenersConfigMapError} that names what is wrong.
 */
export function parseKey<S extends z.ZodType>(
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
        throw new ListenersConfigMapError(`${where} is not JSON`, next);
    }
    const result = schema.safeParse(value);
    if (!result.success) {
        const problems = result.error.issues.map(
            ({ path, message }) => `${path.join(".") || whole}: ${message}`,
        );
        throw new ListenersConfigMapError(`${where} is wrong: ${problems.join("; ")}`, next);
    }
    return result.data;
}

/**
 * Reads the listeners.
 *
 * @throws {@link ListenersConfigMapError} that names what is wrong.
 */
export function parseListeners(text: string, namespace: string): readonly ListenerEntry[] {
    return parseKey(LISTENERS, text, { key: LISTENERS_KEY, whole: "the list", namespace });
}

/**
 * Fetches the listeners of the Kafka in a namespace.
 *
 * @throws {@link ListenersConfigMapError} when the ConfigMap is missing or wrong.
 */
export async function fetchListeners(
    core: Pick<CoreV1Api, "readNamespacedConfigMap">,
    namespace: string,
): Promise<readonly ListenerEntry[]> {
    try {
        const { data } = await core.readNamespacedConfigMap({ name: KAFKA_LISTENERS, namespace });
        return parseListeners(data?.[LISTENERS_KEY] ?? "", namespace);
    } catch (error) {
        if (answerCode(error) !== NOT_FOUND) {
            throw error;
        }
        throw new ListenersConfigMapError(
            `no ${KAFKA_LISTENERS} ConfigMap in namespace ${namespace}; is Kafka deployed there by this program?`,
            "give its namespace with --namespace, or deploy it with pulumi up",
            { cause: error },
        );
    }
}
