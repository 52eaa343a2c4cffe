import { z } from "zod";
import { EKS_FIELDS } from "./eksSchema";
import { LISTENER, LISTENERS } from "./listenerSchema";
import {
    CERTIFICATES,
    type Fields,
    KAFKA_FIELDS,
    SIMPLE_FIELDS,
    STRIMZI_FIELDS,
    TOPIC,
    TOPICS,
    ZOOKEEPER_FIELDS,
} from "./schema";
import { USER, USERS } from "./userSchema";

/** What is read of a JSON schema, and what the schemas of this folder say of a key beside it. */
export interface JsonSchema {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
    readonly items?: JsonSchema;
    readonly anyOf?: readonly JsonSchema[];
    readonly oneOf?: readonly JsonSchema[];
    readonly type?: string | readonly string[];
    readonly enum?: readonly unknown[];
    readonly const?: unknown;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly exclusiveMinimum?: number;
    readonly default?: unknown;
    /** What the key does, in Markdown whose links begin in `docs`. */
    readonly description?: string;
    /**
     * Its type as a reader would write it, in Markdown.
     *
     * @default - What the schema says.
     */
    readonly shownType?: string;
    /**
     * Its default in Markdown, where a value does not tell it: another key, the cluster or Kafka decides.
     *
     * @default - The value.
     */
    readonly shownDefault?: string;
}

/** The schemas of the keys at the top of the configuration. */
export function jsonSchemas(): Readonly<Record<string, JsonSchema>> {
    return {
        ...objectOf(SIMPLE_FIELDS).properties,
        kafka: objectOf(KAFKA_FIELDS),
        topics: listOf(TOPICS, TOPIC),
        users: listOf(USERS, USER),
        listeners: listOf(LISTENERS, LISTENER),
        certificates: jsonSchema(CERTIFICATES),
        zookeeper: objectOf(ZOOKEEPER_FIELDS),
        strimzi: objectOf(STRIMZI_FIELDS),
        eks: objectOf(EKS_FIELDS),
    };
}

function objectOf(fields: Fields): JsonSchema {
    return jsonSchema(z.object(fields));
}

function listOf(list: z.ZodType, entry: z.ZodType): JsonSchema {
    return { ...jsonSchema(list), items: jsonSchema(entry) };
}

function jsonSchema(schema: z.ZodType): JsonSchema {
    return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
}
