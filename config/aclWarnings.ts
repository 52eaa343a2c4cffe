import type { User } from "../components/kafka/users";

/** Permissions for a name that ends with a star: Kafka takes it for a letter unless it is all of the name. */
export function aclWarnings(users: readonly User[]): string[] {
    return users.flatMap(({ name: user, acls }) =>
        acls.flatMap(({ resource }, index) => {
            const { type, name, patternType } = resource;
            if (name === undefined || name === "*" || !name.endsWith("*")) {
                return [];
            }
            const meant = `name: "${name.slice(0, -1)}"`;
            return [
                `user ${user}: acls[${index}] is for ${patternType === "prefix" ? "names that begin with" : "the"} ` +
                    `${type} ${name}, star included; did you mean ${meant} with patternType: prefix?`,
            ];
        }),
    );
}
