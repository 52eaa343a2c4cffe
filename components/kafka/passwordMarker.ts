import { scryptSync } from "node:crypto";
import type { User } from "./users";

/**
 * What changes with a configured password and tells nothing of it to those who see it: who tries passwords needs as long for
 * each as for a login, and many have the same. `undefined` for one that is generated.
 */
export function passwordMarker(
    namespace: string,
    { name, authentication }: User,
): string | undefined {
    return authentication.password === undefined
        ? undefined
        : scryptSync(authentication.password, `${namespace}/${name}`, 4).toString("hex");
}
