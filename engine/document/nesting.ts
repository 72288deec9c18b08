/** How many workflows may be nested in each other; every level takes up to seven of the 100 levels of JSON. */
export const deepestWorkflow = 12;

export const tooDeep = `More than ${deepestWorkflow} workflows are nested in each other. Move the inner steps into a service and call it.`;
