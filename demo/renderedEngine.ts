import { applyObjects, deleteObjects } from "../render/apply";
import { findApplied, staleObjects } from "../render/inventory";
import type { ObjectApi } from "../render/objectApi";
import { renderStack } from "../render/renderStack";
import type { Engine } from "./engine";

/** What {@link renderedEngine} deploys, and where. */
export interface RenderedEngineArgs {
    readonly api: ObjectApi;
    readonly namespace: string;
    readonly stack: string;
    /** The whole configuration, by full key; a value that is an object or a list is JSON. */
    readonly config: Readonly<Record<string, string>>;
}

/** Deploys without Pulumi's CLI: applies what the program registers, and deletes what it does not register any more. */
export function renderedEngine({ api, namespace, stack, config }: RenderedEngineArgs): Engine {
    return {
        deploy: async (onProgress) => {
            const objects = await renderStack({ stack, config, showSecrets: true });
            await applyObjects(api, objects, { onProgress });
            const stale = staleObjects(await findApplied(api, namespace), objects);
            await deleteObjects(api, stale, { onProgress, deleteData: false });
        },
        destroy: async (onProgress) => {
            const applied = await findApplied(api, namespace);
            await deleteObjects(api, applied, { onProgress, deleteData: false });
        },
    };
}
