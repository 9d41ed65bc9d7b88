declare module 'cytoscape-fcose' {
  const layout: import('cytoscape').Ext;
  export default layout;
}
