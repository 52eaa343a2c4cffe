import { labStatus, labUp } from "../../lab";
import { exclusively } from "../../lab/cluster/lock";

/** Starts the lab unless it runs. A node that is stopped stays so: a suite beside this one may be about just that. */
export async function requireLab(): Promise<void> {
    const { state } = await exclusively(labStatus);
    if (state !== "up") {
        await labUp();
    }
}
