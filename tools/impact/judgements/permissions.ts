/** A single permission of a user, or what it is denied. */
export interface Permission {
    readonly isDenied: boolean;
    /** As Kafka calls it, such as `Read` or `All`. */
    readonly operation: string;
    /** Such as `topic`; the cluster has no name. */
    readonly resource: string;
    readonly name: string | undefined;
    readonly isPrefix: boolean;
    /** Address of the clients; `*` is any. */
    readonly host: string;
}

/** A permission in words. */
export function textOf({ operation, resource, name, isPrefix, host }: Permission): string {
    return [
        `${operation} on ${resource}`,
        ...(name === undefined ? [] : [name]),
        ...(isPrefix ? ["(prefix)"] : []),
        ...(host === "*" ? [] : [`from ${host}`]),
    ].join(" ");
}

/**
 * Operations that come with others.
 *
 * @see https://kafka.apache.org/35/documentation.html#operations_in_kafka
 */
const IMPLIED: Readonly<Record<string, readonly string[]>> = {
    Describe: ["Read", "Write", "Delete", "Alter"],
    DescribeConfigs: ["AlterConfigs"],
};

/** Tells whether permissions have all that another one gives, or denies. */
export function include(all: readonly Permission[], one: Permission): boolean {
    return all.some(
        (each) =>
            each.isDenied === one.isDenied &&
            each.resource === one.resource &&
            (each.host === "*" || each.host === one.host) &&
            hasOperation(each, one) &&
            hasName(each, one),
    );
}

function hasOperation({ operation, isDenied }: Permission, one: Permission): boolean {
    return (
        operation === "All" ||
        operation === one.operation ||
        // What is denied is denied alone.
        (!isDenied && (IMPLIED[one.operation] ?? []).includes(operation))
    );
}

function hasName(each: Permission, one: Permission): boolean {
    if (each.name === undefined || isAny(each)) {
        return true;
    }
    return each.isPrefix
        ? one.name !== undefined && !isAny(one) && one.name.startsWith(each.name)
        : each.name === one.name && !one.isPrefix;
}

function isAny({ name, isPrefix }: Permission): boolean {
    return name === "*" && !isPrefix;
}

/** What tells about Kafka and changes nothing; producers need the last one. */
const HARMLESS = ["Describe", "DescribeConfigs", "IdempotentWrite"];

/** Tells whether a permission is about everything of its kind, and about more than its description. */
export function isWide(permission: Permission): boolean {
    const { isDenied, name, operation } = permission;
    return !isDenied && (name === undefined || isAny(permission)) && !HARMLESS.includes(operation);
}
