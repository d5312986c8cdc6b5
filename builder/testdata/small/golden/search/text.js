siteIndex.add("text",1);
